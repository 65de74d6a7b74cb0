import type { Row } from '../calibration/index.ts';

/** Returns a whole number that depends on a lead and a seed alone, so that a sample doesn't depend on the order. */
const drawNumber = (leadId: string, seed: number): number => {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (let i = 0; i < leadId.length; i++) {
    hash = Math.imul(hash ^ leadId.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return (hash ^ (hash >>> 15)) >>> 0;
};

export interface RowSample {
  readonly add: (row: Row) => void;
  /** Returns the rows by ascending cut and lead, and how many were left out beyond the most. */
  readonly finish: () => { readonly rows: Row[]; readonly beyond: number };
}

/**
 * Creates a sample of at most so many rows. Which rows are in it depends on the leads and the seed, and not on the order
 * in which they come. Memory is bounded by twice the most.
 */
export const createRowSample = (most: number, seed: number): RowSample => {
  let drawn: { readonly row: Row; readonly number: number }[] = [];
  let beyond = 0;
  const shrink = (): void => {
    if (drawn.length <= most) return;
    drawn.sort((a, b) => a.number - b.number || (a.row.leadId < b.row.leadId ? -1 : 1));
    beyond += drawn.length - most;
    drawn = drawn.slice(0, most);
  };
  return {
    add: (row) => {
      drawn.push({ row, number: drawNumber(row.leadId, seed) });
      if (drawn.length >= 2 * most) shrink();
    },
    finish: () => {
      shrink();
      const rows = drawn.map(({ row }) => row);
      rows.sort((a, b) => a.at - b.at || (a.leadId < b.leadId ? -1 : 1));
      return { rows, beyond };
    },
  };
};
