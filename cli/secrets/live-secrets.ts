/** The live secrets of all names: one or two each, the newest first. */
export type LiveSecrets = Readonly<Record<string, readonly string[]>>;

/** Returns the live secrets of a name; none if it has no secret. */
export const findLive = (all: LiveSecrets, name: string): readonly string[] =>
  Object.hasOwn(all, name) ? (all[name] ?? []) : [];

/** Makes a secret the newest of its name. The one before it stays live, so that nothing is refused while it is replaced. */
export const addSecret = (all: LiveSecrets, name: string, secret: string): LiveSecrets => {
  const before = findLive(all, name).filter((each) => each !== secret);
  return { ...all, [name]: [secret, ...before.slice(0, 1)] };
};

/** Removes the older of two secrets of a name. */
export const withdrawOlder = (all: LiveSecrets, name: string): LiveSecrets => ({
  ...all,
  [name]: findLive(all, name).slice(0, 1),
});
