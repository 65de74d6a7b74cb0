import { AsyncLocalStorage } from 'node:async_hooks';
import { parseJson } from '../../events/index.ts';
import { hashReference } from './reference.ts';

/** The fields that name the correlations of a log line, by references to their ids. */
export type CorrelationFields = {
  readonly correlationId?: string;
  readonly correlationIds?: readonly string[];
};

const current = new AsyncLocalStorage<() => CorrelationFields>();

const buildFields = (ids: Iterable<string>): CorrelationFields => {
  const [first, ...others] = new Set([...ids].map(hashReference));
  if (first === undefined) return {};
  return others.length === 0 ? { correlationId: first } : { correlationIds: [first, ...others] };
};

/**
 * Adds the correlations to every log line that is written during `work`, and by everything that it awaits. The records
 * of a batch are processed side by side, so keys of a shared logger would mix them up.
 *
 * @example await withCorrelation(() => [parseCorrelationId(body)], () => follow(body));
 * @param ids returns correlation ids, not references; it is called only when a line is written
 */
export const withCorrelation = <T>(ids: () => Iterable<string>, work: () => T): T =>
  current.run(() => buildFields(ids()), work);

/** Returns the fields for a log line that is written now. */
export const currentCorrelation = (): CorrelationFields => current.getStore()?.() ?? {};

interface Readable {
  readonly detail?: { readonly metadata?: { readonly eventId?: unknown; readonly correlationId?: unknown } };
}

/**
 * Returns the correlation id in a message that may be anything; the message's text if it names no id.
 *
 * @param entry the text's JSON, if it was parsed before
 */
export const parseCorrelationId = (body: string, entry: unknown = parseJson(body)): string => {
  const { eventId, correlationId } = (entry as Readable | null | undefined)?.detail?.metadata ?? {};
  return [correlationId, eventId].find((id) => typeof id === 'string') ?? body;
};
