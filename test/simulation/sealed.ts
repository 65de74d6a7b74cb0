import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { Random } from './random.ts';

// Whatever of chance and time the code reaches for by itself must be the seed's, or a run could not be repeated.

/** Who holds chance and time in hand, for as long as a run takes. */
export interface Seal {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

let seal: Seal | undefined;
let isInstalled = false;

const bytesOf = (random: Random, size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i++) bytes[i] = random.between(0, 255);
  return bytes;
};

const RealDate = Date;

/** A date that is asked for without an instant is the seed's. */
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
    seal === undefined ? randomBytes(size) : bytesOf(seal.random, size)) as typeof randomBytes;
  timers.setTimeout = ((ms: number, ...rest: []) =>
    seal === undefined ? setTimeout(ms, ...rest) : seal.sleep(ms)) as typeof setTimeout;
  syncBuiltinESMExports();
};

/** Runs with chance and time in the seed's hand. One run at a time. */
export const sealed = async <T>(by: Seal, run: () => Promise<T>): Promise<T> => {
  install();
  seal = by;
  try {
    return await run();
  } finally {
    seal = undefined;
  }
};
