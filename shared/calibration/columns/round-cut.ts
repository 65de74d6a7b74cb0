/**
 * Returns the shortest decimal number above `below`, and not above `upTo`: a bound that people can read, and that divides
 * the same values as `upTo` does.
 */
export const roundCut = (below: number, upTo: number): number => {
  const magnitude = Math.max(Math.abs(below), Math.abs(upTo));
  for (let digits = -Math.ceil(Math.log10(magnitude + 1)); digits <= 12; digits++) {
    const step = 10 ** Math.abs(digits);
    const rounded = digits < 0 ? Math.floor(upTo / step) * step : Math.floor(upTo * step) / step;
    if (rounded > below && rounded <= upTo) return rounded;
  }
  return upTo;
};
