/** A sign-in between leaving the page and coming back to it. */
export interface PendingSignIn {
  /** The value by which an answer is known to be that of this request. */
  readonly state: string;
  /** The secret by which a code is exchanged. */
  readonly verifier: string;
  /** The fragment of the address to come back to. It may hold the id of a lead. */
  readonly fragment: string;
}

const storageKey = 'sluice-sign-in';

/** The time after which a sign-in counts as abandoned, in milliseconds. */
const abandonedMs = 600_000;

let removal: ReturnType<typeof setTimeout> | undefined;

const remove = (): void => {
  clearTimeout(removal);
  sessionStorage.removeItem(storageKey);
};

/** Stores a sign-in for this tab until it is back, or until it is abandoned. */
export const storePending = (pending: PendingSignIn): void => {
  remove();
  sessionStorage.setItem(storageKey, JSON.stringify({ ...pending, at: Date.now() }));
  // The page stays if its person changes their mind when the browser asks about changes.
  removal = setTimeout(remove, abandonedMs);
};

/** Removes the sign-in that is under way, and returns it; undefined if there is none, or it was abandoned. */
export const takePending = (): PendingSignIn | undefined => {
  const text = sessionStorage.getItem(storageKey);
  remove();
  if (text === null) return undefined;
  const { at, state, verifier, fragment } = JSON.parse(text) as Partial<PendingSignIn & { at: number }>;
  const isWhole = [state, verifier, fragment].every((part) => typeof part === 'string');
  const isRecent = typeof at === 'number' && Math.abs(Date.now() - at) < abandonedMs;
  return isWhole && isRecent ? ({ state, verifier, fragment } as PendingSignIn) : undefined;
};
