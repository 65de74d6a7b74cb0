import type { WebhookSource } from '../../shared/sources/index.ts';
import { readLiveSecrets } from '../secrets/change-secret.ts';
import { mediaType } from '../source/split-body.ts';
import { withConnection } from '../stack/connect.ts';
import { signWebhook } from './sign-webhook.ts';

/** The answer of the door for webhooks. */
export interface SentPayload {
  readonly status: number;
  /** The body of the answer, as text. */
  readonly answer: string;
}

/**
 * Signs a body with the secret of its source, and sends it through the door for webhooks as the vendor would.
 *
 * @param endpoint the stack of this machine
 * @returns undefined if the source has no secret
 * @throws CliError `OUTPUT_MISSING` if the stack has no door
 */
export const sendPayload = (
  endpoint: string,
  source: WebhookSource,
  payload: unknown,
): Promise<SentPayload | undefined> =>
  withConnection({ endpoint }, async (connection) => {
    const props = {
      client: await connection.secretsManager(),
      secretId: connection.output('SourceSecretsArn'),
    };
    const [secret] = await readLiveSecrets(props, source.secret);
    if (secret === undefined) return undefined;
    const url = `${connection.output('HooksUrl')}/hooks/${source.name}`;
    const body = JSON.stringify(payload);
    const signature = signWebhook({ source, url, body, secret, now: connection.now() });
    const headers = { 'content-type': mediaType(source, payload), ...signature };
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, answer: await response.text() };
  });
