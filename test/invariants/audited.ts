import type { Invariant } from './evidence.ts';

export const auditedSound: Invariant = {
  id: 'audited',
  says: "the product's own audit finds nothing on a sound table, also while events arrive, and rebuilds nothing",
  check: ({ audited }) => [...audited],
};
