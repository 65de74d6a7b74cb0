/** The codes of rejections. They are part of the `EventQuarantined` contract. */
export const rejectionCodes = [
  'not-json',
  'unknown-type',
  'malformed',
  'ahead-of-time',
  'conflicting-content',
  'too-large',
  'merge-cycle',
  'merge-with-erased',
  'unknown-lead',
  'reserved-type',
  'unmapped',
  'missing-changes',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];
