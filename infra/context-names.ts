import { orMeant } from '../shared/suggest/index.ts';

/** The names that the CDK context may have for Sluice; see docs/environments.md. */
export const contextNames = [
  'environment',
  'model',
  'name',
  'region',
  'account',
  'alarmTopicArn',
  'keepData',
  'anchorLock',
  'customerManagedKeys',
  'deployment',
  'issuer',
  'audience',
  'console',
  'signIn',
  'clientId',
  'scope',
  'signInOrigins',
  'consoleDomain',
  'consoleCertificate',
  'producers',
  'sources',
  'hooksUrl',
  'deliveries',
] as const;

/** Whether a name belongs to the CDK or its command, such as `aws:cdk:bundling-stacks` and `@aws-cdk/core:…`. */
const isOfTheCdk = (name: string): boolean => /^(aws:|@|cdk-|cli-)/.test(name) || name.includes(':');

/**
 * Checks the names in the context.
 *
 * @param known the names in `cdk.json`
 * @throws Error for a name that nothing reads: `-c enviroment=prod` must not deploy dev
 */
export const checkContextNames = (given: readonly string[], known: readonly string[]): void => {
  const all: readonly string[] = [...contextNames, ...known];
  const wrong = given.find((name) => !all.includes(name) && !isOfTheCdk(name));
  if (wrong === undefined) return;
  const allowed = orMeant(contextNames.join(', '), wrong, contextNames);
  throw new Error(`context ${wrong}: unknown name; allowed: ${allowed}`);
};
