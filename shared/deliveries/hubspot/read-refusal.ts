import { hourMs } from '../../../events/index.ts';
import type { AttemptResult } from '../target.ts';
import type { AnswerBody } from './answer-body.ts';
import type { PropertyNames } from './property-names.ts';
import { wordOf } from './words.ts';

/** The pauses after a 429 without `Retry-After`, by the limit that was reached. */
const pauses: ReadonlyMap<string, number> = new Map([
  ['SECONDLY', 1_000],
  ['TEN_SECONDLY_ROLLING', 10_000],
  ['DAILY', hourMs],
]);

const lockedMs = 2_000;

/** The refusal of a batch as a whole: to be tried again, or because of an input of it that HubSpot doesn't name. */
export type Refusal =
  | { readonly kind: 'all'; readonly result: AttemptResult }
  | { readonly kind: 'some-input'; readonly reason: string };

const retry = (reason: string, status: number, retryAfterMs?: number): Refusal => ({
  kind: 'all',
  result: { kind: 'retry', reason, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
});

/** The codes of properties that HubSpot doesn't have, or that nobody may write: it is the same for every lead. */
const setupCodes: ReadonlySet<string> = new Set(['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE']);

/** Finds why no lead at all can be written, so that somebody has to change a setting first. */
const findSetupProblem = (
  { errors = [], message = '' }: AnswerBody,
  names: PropertyNames,
): string | undefined => {
  if (message.includes('non-unique')) return 'the property that names the record is not unique in HubSpot';
  const code = errors.map((error) => error.code).find((one) => one !== undefined && setupCodes.has(one));
  const inText = [...setupCodes].find((one) => message.includes(one));
  if (code === undefined && inText === undefined) return undefined;
  const named = errors.flatMap(({ context }) => context?.propertyName ?? []);
  const own = Object.values(names).filter((name) => named.includes(name) || message.includes(`"${name}"`));
  return `${code ?? inText}${own.length === 0 ? '' : `: ${own.join(', ')}`}`;
};

interface Refused {
  readonly status: number;
  readonly body: AnswerBody;
  readonly retryAfterMs?: number | undefined;
}

/** Reads an answer that isn't a success. */
export const readRefusal = ({ status, body, retryAfterMs }: Refused, names: PropertyNames): Refusal => {
  if (status === 401) return retry('HubSpot refuses the token', status);
  if (status === 403)
    return retry(`the token lacks a right: ${wordOf(body.category) ?? 'forbidden'}`, status);
  if (status === 423) return retry('the record is locked', status, retryAfterMs ?? lockedMs);
  if (status === 429) {
    const policy = wordOf(body.policyName);
    const limit = policy === undefined ? '' : ` (${policy})`;
    return retry(`rate limited${limit}`, status, retryAfterMs ?? pauses.get(policy ?? '') ?? 10_000);
  }
  if (status !== 400 && status !== 422) return retry(`HTTP ${status}`, status, retryAfterMs);
  const setup = findSetupProblem(body, names);
  if (setup !== undefined) return retry(setup, status);
  const code = body.errors?.map((error) => wordOf(error.code)).find(Boolean);
  return { kind: 'some-input', reason: code ?? wordOf(body.category) ?? `HTTP ${status}` };
};
