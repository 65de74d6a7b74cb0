import { drawRates, type FaultRates } from '../faults/faults.ts';
import { type Random, randomOf } from '../random.ts';
import { type Order, orders } from '../scheduler/order.ts';
import { type Family, families } from './models.ts';

/** The size of a world, what happens in it and what goes wrong: all that a seed draws before the run. */
export interface Plan {
  readonly seed: number;
  readonly order: Order;
  readonly rates: FaultRates;
  /** The step at which all faults heal, if the run is not at rest before. */
  readonly healAt: number;
  /** Whether the whole archive is replayed in the end, and whether faults strike again meanwhile. */
  readonly replay: boolean;
  readonly relapse: boolean;
  readonly leads: number;
  readonly events: number;
  readonly producers: number;
  /** How likely an event is of the first lead. */
  readonly focus: number;
  /** How likely an event moves a lead into a hand-off, or out of one. */
  readonly moving: number;
  readonly poison: number;
  /** Shares of events that come with the id of another one, or again in another spelling. */
  readonly twins: number;
  readonly respelt: number;
  readonly tenYearsOff: number;
  readonly merges: number;
  readonly erasures: number;
  readonly family: Family;
  /** The steps at which the next model is activated. */
  readonly activations: readonly number[];
  /** Whether somebody has the leads judged anew at once, while it storms; when all is well, somebody always does. */
  readonly eagerRescoring: boolean;
  /** Whether somebody audits and rebuilds the ledgers while it storms, and afterwards. */
  readonly auditing: boolean;
  /** How likely sales answer a hand-off. */
  readonly answering: number;
  readonly scoring: { readonly batchSize: number; readonly concurrency: number };
  readonly following: { readonly batchSize: number; readonly concurrency: number };
  readonly stream: { readonly batchSize: number; readonly lanes: number; readonly retryAttempts: number };
  readonly maxReceiveCount: number;
  readonly visibilityMs: number;
  readonly pageItems: number;
}

const sometimes = (random: Random, share: number, draw: () => number): number =>
  random.chance(share) ? draw() : 0;

/** Different worlds find different bugs: each seed draws another mix (swarm testing, Groce et al. 2012). */
export const drawPlan = (seed: number): Plan => {
  const random = randomOf(seed, 'plan');
  const { between, pick } = random;
  const consumer = () => ({ batchSize: between(1, 10), concurrency: between(1, 4) });
  return {
    seed,
    order: pick(orders),
    rates: drawRates(random),
    healAt: between(50, 1_500),
    replay: random.chance(0.6),
    relapse: random.chance(0.3),
    leads: between(2, 6),
    // Mostly few: small worlds are fast, and what fails in one is easier to follow.
    events: 5 + Math.floor(36 * random.next() ** 3),
    producers: between(1, 3),
    focus: sometimes(random, 0.5, random.next),
    moving: sometimes(random, 0.7, () => 0.3 + 0.7 * random.next()),
    poison: sometimes(random, 0.5, () => random.next() * 0.3),
    twins: sometimes(random, 0.4, () => random.next() * 0.2),
    respelt: sometimes(random, 0.4, () => random.next() * 0.2),
    tenYearsOff: sometimes(random, 0.3, () => random.next() * 0.3),
    merges: sometimes(random, 0.5, () => between(1, 5)),
    erasures: sometimes(random, 0.4, () => between(1, 2)),
    family: pick([...families, 'small', 'small']),
    activations: random.chance(0.4)
      ? [between(20, 300), ...(random.chance(0.4) ? [between(20, 600)] : [])]
      : [],
    eagerRescoring: random.chance(0.5),
    auditing: random.fork('auditing').chance(0.3),
    answering: pick([0, 0.5, 1]),
    scoring: { batchSize: between(1, 20), concurrency: between(1, 5) },
    following: consumer(),
    stream: { batchSize: between(1, 20), lanes: between(1, 4), retryAttempts: between(2, 10) },
    maxReceiveCount: between(2, 5),
    visibilityMs: pick([30_000, 60_000, 181_000]),
    pageItems: pick([1, 2, 5, 1_000]),
  };
};
