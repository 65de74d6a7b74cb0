import type { Strike } from '../scheduler/strike.ts';
import type { Faults } from './faults.ts';

/** Draws a crash that kills the caller before or after the call; undefined if there is none. */
export const crash = (faults: Faults): Strike | undefined => {
  if (!faults.strikes('crash')) return undefined;
  const when = faults.random.chance(0.5) ? 'before' : 'after';
  return { kind: 'crash', fault: `crash ${when} it takes effect`, when };
};
