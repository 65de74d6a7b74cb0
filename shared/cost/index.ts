export { computeFixedLines } from './fixed.ts';
export { type CostLine, sumLines } from './lines.ts';
export { computeCost, read, region } from './prices.ts';
