import type { Evidence } from './evidence.ts';

/** Returns a function that computes a value once for each evidence. The computation must be pure. */
export const memoize = <T>(compute: (evidence: Evidence) => T): ((evidence: Evidence) => T) => {
  const known = new WeakMap<Evidence, { readonly value: T }>();
  return (evidence) => {
    const found = known.get(evidence) ?? { value: compute(evidence) };
    known.set(evidence, found);
    return found.value;
  };
};
