import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { Random } from './random.ts';

// Randomness and time that the code obtains by itself must come from the seed, or a run could not be repeated.

/** The sources of randomness and time for one run. */
export interface Seal {
  readonly random: Random;
  /** Returns the virtual time in milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

let seal: Seal | undefined;
let isInstalled = false;

const drawBytes = (random: Random, size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i++) bytes[i] = random.between(0, 255);
  return bytes;
};

const RealDate = Date;

/** A Date whose current time is that of the run. */
class SealedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [SealedDate.now()] : given) as [number]));
  }

  static override now(): number {
    return seal?.now() ?? RealDate.now();
  }
}

const install = (): void => {
  if (isInstalled) return;
  isInstalled = true;
  const { randomBytes } = crypto;
  const { setTimeout } = timers;
  const { random } = Math;
  Math.random = () => seal?.random.next() ?? random();
  globalThis.Date = SealedDate as DateConstructor;
  crypto.randomBytes = ((size: number) =>
    seal === undefined ? randomBytes(size) : drawBytes(seal.random, size)) as typeof randomBytes;
  timers.setTimeout = ((ms: number, ...rest: []) =>
    seal === undefined ? setTimeout(ms, ...rest) : seal.sleep(ms)) as typeof setTimeout;
  syncBuiltinESMExports();
};

/** Runs a function with the run's randomness and time. Only one run at a time is possible. */
export const sealed = async <T>(by: Seal, run: () => Promise<T>): Promise<T> => {
  install();
  seal = by;
  try {
    return await run();
  } finally {
    seal = undefined;
  }
};
