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
  /** The longest that a producer waits before it sends more, in ms. */
  readonly longestPauseMs: number;
  /** Whether events are sent in the order of what happened. */
  readonly isChronological: boolean;
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

const sometimes = (random: Random, share: number, draw: (random: Random) => number): number =>
  random.chance(share) ? draw(random) : 0;

const share = ({ next }: Random): number => next();

const drawSizes = (draw: (name: string) => Random) => ({
  leads: draw('leads').between(2, 6),
  // Mostly few: small worlds are fast, and what fails in one is easier to follow.
  events: 5 + Math.floor(36 * draw('events').next() ** 3),
  producers: draw('producers').between(1, 3),
  longestPauseMs: draw('pauses').pick([0, 200, 2_000]),
  isChronological: draw('chronological').chance(0.5),
  focus: sometimes(draw('focus'), 0.5, share),
  moving: sometimes(draw('moving'), 0.7, (random) => 0.3 + 0.7 * random.next()),
  poison: sometimes(draw('poison'), 0.5, (random) => random.next() * 0.3),
  twins: sometimes(draw('twins'), 0.4, (random) => random.next() * 0.2),
  respelt: sometimes(draw('respelt'), 0.4, (random) => random.next() * 0.2),
  tenYearsOff: sometimes(draw('ten years off'), 0.3, (random) => random.next() * 0.3),
  merges: sometimes(draw('merges'), 0.5, ({ between }) => between(1, 5)),
  erasures: sometimes(draw('erasures'), 0.4, ({ between }) => between(1, 2)),
  answering: draw('answering').pick([0, 0.5, 1]),
});

const drawActivations = (random: Random): number[] => {
  if (!random.chance(0.4)) return [];
  return [random.between(20, 300), ...(random.chance(0.4) ? [random.between(20, 600)] : [])];
};

const drawConsumer = (random: Random, mostTogether: number) => ({
  batchSize: random.between(1, mostTogether),
  concurrency: random.between(1, 5),
});

const drawStream = ({ between }: Random) => ({
  batchSize: between(1, 20),
  lanes: between(1, 4),
  retryAttempts: between(2, 10),
});

/** Different worlds find different bugs: each seed draws another mix (swarm testing, Groce et al. 2012). */
export const drawPlan = (seed: number): Plan => {
  // Each from a source of its own, so that what is added some day leaves the seeds as they are.
  const draw = (name: string): Random => randomOf(seed, `plan/${name}`);
  return {
    seed,
    order: draw('order').pick(orders),
    rates: drawRates(draw('rates')),
    healAt: draw('heal').between(50, 1_500),
    replay: draw('replay').chance(0.6),
    relapse: draw('relapse').chance(0.3),
    ...drawSizes(draw),
    family: draw('family').pick([...families, 'small', 'small']),
    activations: drawActivations(draw('activations')),
    eagerRescoring: draw('eager rescoring').chance(0.5),
    auditing: draw('auditing').chance(0.3),
    scoring: drawConsumer(draw('scoring'), 20),
    following: drawConsumer(draw('following'), 10),
    stream: drawStream(draw('stream')),
    maxReceiveCount: draw('receives').between(2, 5),
    visibilityMs: draw('visibility').pick([30_000, 60_000, 181_000]),
    pageItems: draw('pages').pick([1, 2, 5, 1_000]),
  };
};
