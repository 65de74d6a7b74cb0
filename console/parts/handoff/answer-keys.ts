import type { Verdict } from './answerable.ts';

const keys = new Map<string, string>();

const nameOf = (id: string, verdict: Verdict, reason: string | undefined): string =>
  JSON.stringify([id, verdict, reason]);

/**
 * Returns the key of an answer. It is the same whenever the same is tried again, so that an answer whose confirmation was
 * lost counts once. Another reason is another request, which the API refuses under the same key.
 */
export const keyOf = (id: string, verdict: Verdict, reason: string | undefined): string => {
  const name = nameOf(id, verdict, reason);
  const key = keys.get(name) ?? crypto.randomUUID();
  keys.set(name, key);
  return key;
};

/** Forgets the key of an answer that was taken. Whoever gives the same once more means it. */
export const forgetKey = (id: string, verdict: Verdict, reason: string | undefined): void => {
  keys.delete(nameOf(id, verdict, reason));
};
