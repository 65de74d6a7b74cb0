import type { Evidence } from './evidence.ts';

/** Works something out once for each evidence that it is asked of. */
export const once = <T>(workOut: (evidence: Evidence) => T): ((evidence: Evidence) => T) => {
  const known = new WeakMap<Evidence, T>();
  return (evidence) => {
    const found = known.get(evidence) ?? workOut(evidence);
    known.set(evidence, found);
    return found;
  };
};
