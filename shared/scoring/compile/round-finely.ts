/**
 * Rounds to nine decimals, so that computed decimals compare as people write them.
 *
 * @example roundFinely(0.8 - 0.7) // 0.1, not 0.10000000000000009
 */
export const roundFinely = (value: number): number => Math.round(value * 1e9) / 1e9;
