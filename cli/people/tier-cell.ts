import { type Cell, styled } from '../output/line.ts';

/** Returns a tier as a cell: those that are worth a call are green. */
export const tierCell = (tier: string): Cell =>
  tier === 'excellent' || tier === 'good' ? styled(tier, 'green') : tier;
