import type { Role } from '../../events/api/index.ts';
import { isObject } from '../../events/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { defaultEndpoint } from '../stack/connect.ts';
import { readLocalStack } from '../stack/outputs.ts';

/** The person that a token is for. */
export interface TokenWish {
  readonly role: Role;
  readonly subject: string;
  readonly queues: readonly string[];
  readonly hours: number;
}

const form = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const readJson = async (answer: Response): Promise<unknown> => {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
};

/**
 * Asks the issuer of a local stack for a token.
 *
 * @throws UsageError if the endpoint is not the URL of a local stack
 * @throws CliError `NO_STACK`, or `NO_TOKEN` if the stack gives none
 */
export const askToken = async (endpoint: string, wish: TokenWish): Promise<string> => {
  if (endpoint === 'aws')
    throw new UsageError(
      '--endpoint: given aws; allowed: the URL of a local stack. The tokens of a deployment come from its issuer, ' +
        'which the outputs ApiIssuer and ApiAudience name: sign in there (docs/api.md)',
    );
  if (!URL.canParse(endpoint))
    throw new UsageError(`--endpoint: given ${endpoint || '""'}; allowed: a URL such as ${defaultEndpoint}`);
  // Says that nothing answers, or something else than a stack.
  await readLocalStack(endpoint);
  const answer = await fetch(new URL('/local/tokens', endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
    signal: AbortSignal.timeout(10_000),
  });
  const body = await readJson(answer);
  const { token, message } = isObject(body) ? body : {};
  if (typeof token === 'string' && form.test(token)) return token;
  const why = typeof message === 'string' ? message : 'it runs another version of Sluice';
  throw new CliError('NO_TOKEN', `the stack at ${endpoint} gives no token: ${why}`);
};
