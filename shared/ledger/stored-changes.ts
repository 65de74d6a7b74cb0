import type { ScoreReason } from '../../events/index.ts';
import type { Change, TierChange } from '../lead/index.ts';

type PackedReason = readonly [
  dimension: string,
  criterion: string,
  text: string,
  points: number,
  weight: number,
];

/** A change as an entry stores it: its reasons are lists of values, in the order of `PackedReason`. */
export type StoredChange =
  | Exclude<Change, TierChange>
  | (Omit<TierChange, 'reasons'> & { readonly reasons: readonly PackedReason[] });

const packReason = ({ dimension, criterion, text, points, weight }: ScoreReason): PackedReason => [
  dimension,
  criterion,
  text,
  points,
  weight,
];

export const packChange = (change: Change): StoredChange =>
  change.type === 'LeadTierChanged' ? { ...change, reasons: change.reasons.map(packReason) } : change;

export const unpackChange = (stored: StoredChange): Change =>
  stored.type === 'LeadTierChanged'
    ? {
        ...stored,
        reasons: stored.reasons.map(([dimension, criterion, text, points, weight]) => ({
          dimension,
          criterion,
          text,
          points,
          weight,
        })),
      }
    : stored;
