import { funnelPartitions } from '../keys/index.ts';

/** Draws the partition of the counters in which an environment counts. @param random returns 0 to less than 1 */
export const drawPartition = (random: () => number): string =>
  funnelPartitions[Math.floor(random() * funnelPartitions.length)] as string;
