const listeners = new Set<() => void>();

/** Calls a listener just before the session ends, while what it sends is still sent as the person. */
export const beforeEnd = (listener: () => void): void => {
  listeners.add(listener);
};

/** Calls all who have something to send before the session ends. */
export const tellEnding = (): void => {
  for (const listener of listeners) listener();
};
