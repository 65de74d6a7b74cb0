import type { Random } from '../random.ts';
import { type FaultKind, faultKinds } from './kinds.ts';

/** How likely each fault strikes; what is off strikes never. */
export type FaultRates = Readonly<Record<FaultKind, number>>;

const shareOn = 0.4;
const shareExtreme = 0.3;
const least = 0.01;

/** Of any size, log-uniform; and every now and then near the most, where things break down for good. */
const drawRate = (random: Random, most: number): number =>
  random.chance(shareExtreme) ? most * (0.5 + 0.5 * random.next()) : least * (most / least) ** random.next();

/** Few at a time and of any size: faults that are all on at once hide each other. */
export const drawRates = (random: Random): FaultRates =>
  Object.fromEntries(
    Object.entries(faultKinds).map(([kind, most]) => [
      kind,
      random.chance(shareOn) ? drawRate(random, most) : 0,
    ]),
  ) as Record<FaultKind, number>;

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
