import type { Strike } from '../scheduler/strike.ts';
import { crash } from './crash.ts';
import type { Faults } from './faults.ts';

const failed = (name: string) => (): Error => Object.assign(new Error('injected'), { name });

/** Draws the fault of a bus call whose caller is never killed; undefined if nothing goes wrong. */
export const requestStrike = (faults: Faults): Strike | undefined => {
  if (faults.strikes('refusedRequest')) {
    return { kind: 'refused', fault: 'the bus is away', error: failed('ThrottlingException') };
  }
  return faults.strikes('lostRequest')
    ? { kind: 'lost', fault: 'the answer is lost', error: failed('TimeoutError') }
    : undefined;
};

/** Draws the fault of a bus call; undefined if nothing goes wrong. */
export const busStrike = (faults: Faults): Strike | undefined => crash(faults) ?? requestStrike(faults);
