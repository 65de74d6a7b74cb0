import type { Random } from '../random.ts';
import { type FaultKind, faultGroups, faultKinds } from './kinds.ts';

/** The probability of each fault; a fault that is off has 0. */
export type FaultRates = Readonly<Record<FaultKind, number>>;

const shareOn = 0.4;
const shareExtreme = 0.3;
const least = 0.01;

const extreme = (random: Random, most: number): number => most * (0.5 + 0.5 * random.next());

/** Draws a rate of any size, log-uniform; now and then one near the maximum, at which things break down for good. */
const drawRate = (random: Random, most: number): number =>
  random.chance(shareExtreme) ? extreme(random, most) : least * (most / least) ** random.next();

const ofGroup = (random: Random, group: readonly FaultKind[], kind: FaultKind): number =>
  group.includes(kind) ? extreme(random, faultKinds[kind]) : 0;

/**
 * Draws the rates of a run: few faults at a time and of any size, since faults that are all on at once hide each other.
 * In half of the seeds it draws a group of faults that belong together, all near their maximum: some bugs need three of
 * a kind.
 */
export const drawRates = (random: Random): FaultRates => {
  const group = random.pick([undefined, undefined, undefined, ...faultGroups]);
  const kinds = Object.keys(faultKinds) as FaultKind[];
  const drawRateOf = (kind: FaultKind): number => {
    const own = random.fork(kind);
    if (group !== undefined) return ofGroup(own, group, kind);
    return own.chance(shareOn) ? drawRate(own, faultKinds[kind]) : 0;
  };
  return Object.fromEntries(kinds.map((kind) => [kind, drawRateOf(kind)])) as Record<FaultKind, number>;
};

/** The faults of a run. They strike until they are healed. */
export class Faults {
  readonly #random: Random;
  readonly #rates: FaultRates;
  #isHealed = false;

  /** The number of times that each fault has struck. */
  readonly struck = new Map<FaultKind, number>();

  readonly #isDown: () => boolean;

  /** @param isDown whether the tables are unavailable to everybody */
  constructor(random: Random, rates: FaultRates, isDown: () => boolean = () => false) {
    this.#random = random;
    this.#rates = rates;
    this.#isDown = isDown;
  }

  heal(): void {
    this.#isHealed = true;
  }

  /** Lets the faults strike again, as before they healed. */
  relapse(): void {
    this.#isHealed = false;
  }

  rate(kind: FaultKind): number {
    return this.#isHealed ? 0 : this.#rates[kind];
  }

  /** Whether the fault strikes now. */
  strikes(kind: FaultKind): boolean {
    if (!this.#random.chance(this.rate(kind))) return false;
    this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
    return true;
  }

  /** Whether the tables refuse every call. */
  get isDown(): boolean {
    return !this.#isHealed && this.#isDown();
  }

  get random(): Random {
    return this.#random;
  }
}
