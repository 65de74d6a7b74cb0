import { UnknownCallError, type Use } from './use.ts';

/** Returns the rights that a request of Secrets Manager needs. @throws UnknownCallError */
export const secretsUses = (operation: string, body: Buffer): Use[] => {
  if (operation !== 'GetSecretValue')
    throw new UnknownCallError(`Secrets Manager's ${operation}`, ['GetSecretValue']);
  const { SecretId } = JSON.parse(body.toString('utf8')) as { SecretId: string };
  const name = SecretId.replace(/^arn:.*:secret:/, '');
  return [
    { action: 'secretsmanager:GetSecretValue', resource: `secretsmanager:secret:${name}`, context: {} },
  ];
};
