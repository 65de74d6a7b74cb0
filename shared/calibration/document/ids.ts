const longest = 64;

/** Makes ids: each is a name, and no two are the same. */
export const createIds = () => {
  const taken = new Set<string>();
  return (...parts: readonly string[]): string => {
    const name = parts.join('.').replaceAll(/[^A-Za-z0-9_.:-]+/g, '-');
    for (let n = 1; ; n++) {
      const suffix = n === 1 ? '' : `.${n}`;
      const id = `${name.slice(0, longest - suffix.length)}${suffix}`;
      if (taken.has(id)) continue;
      taken.add(id);
      return id;
    }
  };
};
export type MakeId = ReturnType<typeof createIds>;
