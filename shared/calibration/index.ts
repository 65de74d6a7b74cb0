export { calibrate } from './calibrate.ts';
export type * from './types.ts';
