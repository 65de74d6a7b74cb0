import type { ScoreReason } from '../../events/index.ts';
import type { Change, ScoreChange, TierChange } from '../lead/index.ts';

type PackedReason = readonly [
  dimension: string,
  criterion: string,
  text: string,
  points: number,
  weight: number,
];

/** A change as an entry stores it: its reasons are lists of values, in the order of `PackedReason`. */
export type StoredChange =
  | Exclude<Change, { reasons: readonly ScoreReason[] }>
  | (Omit<TierChange, 'reasons'> & { readonly reasons: readonly PackedReason[] })
  | (Omit<ScoreChange, 'reasons'> & { readonly reasons: readonly PackedReason[] });

const packReason = ({ dimension, criterion, text, points, weight }: ScoreReason): PackedReason => [
  dimension,
  criterion,
  text,
  points,
  weight,
];

const unpackReason = ([dimension, criterion, text, points, weight]: PackedReason): ScoreReason => ({
  dimension,
  criterion,
  text,
  points,
  weight,
});

export const packChange = (change: Change): StoredChange =>
  'reasons' in change ? { ...change, reasons: change.reasons.map(packReason) } : change;

export const unpackChange = (stored: StoredChange): Change =>
  'reasons' in stored ? { ...stored, reasons: stored.reasons.map(unpackReason) } : stored;
