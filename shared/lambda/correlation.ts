import { AsyncLocalStorage } from 'node:async_hooks';
import { referenceTo } from './reference.ts';

/** What log lines hold of the stories that they are about: references to correlation ids. */
export type CorrelationFields = {
  readonly correlationId?: string;
  readonly correlationIds?: readonly string[];
};

const current = new AsyncLocalStorage<() => CorrelationFields>();

const fieldsOf = (ids: Iterable<string>): CorrelationFields => {
  const [first, ...others] = new Set([...ids].map(referenceTo));
  if (first === undefined) return {};
  return others.length === 0 ? { correlationId: first } : { correlationIds: [first, ...others] };
};

/**
 * Has every log line that is written during `work`, also by what it awaits, name the stories it is about. Records of a
 * batch are worked on side by side, so that no key of a shared logger could tell them apart.
 *
 * @param ids correlation ids as they are; asked for only where a line is written
 */
export const withCorrelation = <T>(ids: () => Iterable<string>, work: () => T): T =>
  current.run(() => fieldsOf(ids()), work);

/** What a line written now is about. */
export const currentCorrelation = (): CorrelationFields => current.getStore()?.() ?? {};

/** The story that an event belongs to: what its producer calls it, else the event that begins it. */
export const correlationIdOf = (metadata: {
  readonly eventId: string;
  readonly correlationId?: string | undefined;
}): string => metadata.correlationId ?? metadata.eventId;

interface Readable {
  readonly detail?: { readonly metadata?: { readonly eventId?: unknown; readonly correlationId?: unknown } };
}

/** The same of a message that may be anything. One that doesn't tell is a story of its own, named by its text. */
export const correlationIdIn = (body: string): string => {
  try {
    const { eventId, correlationId } = (JSON.parse(body) as Readable | null)?.detail?.metadata ?? {};
    return [correlationId, eventId].find((id) => typeof id === 'string') ?? body;
  } catch {
    return body;
  }
};
