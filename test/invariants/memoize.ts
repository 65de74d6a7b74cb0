import type { Evidence } from './evidence.ts';

/** Computes something once for each evidence. The function must be pure. */
export const memoize = <T>(compute: (evidence: Evidence) => T): ((evidence: Evidence) => T) => {
  const known = new WeakMap<Evidence, { readonly value: T }>();
  return (evidence) => {
    const found = known.get(evidence) ?? { value: compute(evidence) };
    known.set(evidence, found);
    return found.value;
  };
};
