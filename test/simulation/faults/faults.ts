import type { Random } from '../random.ts';
import { type FaultKind, faultGroups, faultKinds } from './kinds.ts';

/** How likely each fault strikes; what is off strikes never. */
export type FaultRates = Readonly<Record<FaultKind, number>>;

const shareOn = 0.4;
const shareExtreme = 0.3;
const least = 0.01;

const extreme = (random: Random, most: number): number => most * (0.5 + 0.5 * random.next());

/** Of any size, log-uniform; and every now and then near the most, where things break down for good. */
const drawRate = (random: Random, most: number): number =>
  random.chance(shareExtreme) ? extreme(random, most) : least * (most / least) ** random.next();

const ofGroup = (random: Random, group: readonly FaultKind[], kind: FaultKind): number =>
  group.includes(kind) ? extreme(random, faultKinds[kind]) : 0;

/**
 * Few at a time and of any size: faults that are all on at once hide each other. In half of the seeds those that belong
 * together, all at their worst: some bugs need three of a kind.
 */
export const drawRates = (random: Random): FaultRates => {
  const group = random.pick([undefined, undefined, undefined, ...faultGroups]);
  const kinds = Object.keys(faultKinds) as FaultKind[];
  const rateOf = (kind: FaultKind): number => {
    const own = random.fork(kind);
    if (group !== undefined) return ofGroup(own, group, kind);
    return own.chance(shareOn) ? drawRate(own, faultKinds[kind]) : 0;
  };
  return Object.fromEntries(kinds.map((kind) => [kind, rateOf(kind)])) as Record<FaultKind, number>;
};

/** The faults of a run, until they heal. */
export class Faults {
  readonly #random: Random;
  readonly #rates: FaultRates;
  #isHealed = false;

  /** How often each has struck. */
  readonly struck = new Map<FaultKind, number>();

  constructor(random: Random, rates: FaultRates) {
    this.#random = random;
    this.#rates = rates;
  }

  heal(): void {
    this.#isHealed = true;
  }

  /** Lets them strike again, as they did before they healed. */
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

  get random(): Random {
    return this.#random;
  }
}
