import { drawRates, type FaultRates } from '../faults/faults.ts';
import { createNamedRandom, type Random } from '../random.ts';
import { type Order, orders } from '../scheduler/order.ts';
import { drawIntegrations, type IntegrationPlan } from './integration-plan.ts';
import { drawModelPlan, type ModelPlan } from './model-plan.ts';
import { type Family, families, timedFamilies } from './models.ts';
import { drawTime, type TimePlan } from './time-plan.ts';

/** The plan of a world: its size, its events and its faults, all drawn from the seed before the run. */
export interface Plan extends TimePlan, IntegrationPlan, ModelPlan {
  readonly seed: number;
  readonly order: Order;
  readonly rates: FaultRates;
  /** The step at which all faults heal, if the run is not at rest before. */
  readonly healAt: number;
  /** Whether the whole archive is replayed at the end. */
  readonly replay: boolean;
  readonly relapse: boolean;
  readonly leads: number;
  readonly events: number;
  readonly producers: number;
  /** The longest time that a producer waits before it sends more, in milliseconds. */
  readonly longestPauseMs: number;
  /** Whether events are sent in the order in which they occurred. */
  readonly isChronological: boolean;
  /** The probability that an event is of the first lead. */
  readonly focus: number;
  /** The probability that an event moves a lead into a hand-off, or out of one. */
  readonly moving: number;
  readonly poison: number;
  /** The share of events that have the id of another one, with different content. */
  readonly twins: number;
  readonly respelt: number;
  readonly tenYearsOff: number;
  readonly merges: number;
  readonly erasures: number;
  /** The number of forged erasures, and of merges by which somebody wants a lead erased with one that is. */
  readonly forgeries: number;
  /** The probability that an operator has the other lead of a merge with an erased lead erased too. */
  readonly deciding: number;
  readonly family: Family;
  /** The share of events in whose place a person overrides the tier of a lead, holds it, or lifts that. */
  readonly overriding: number;
  /** Whether the ledgers are audited and rebuilt while faults strike, and afterwards. */
  readonly auditing: boolean;
  /** Whether the funnel is recounted while faults strike. Afterwards it always is. */
  readonly recounting: boolean;
  /** The probability that sales answers a hand-off. */
  readonly answering: number;
  /** The share of events that name a deal, have a total, or answer a hand-off without its id. */
  readonly variety: number;
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

/**
 * Draws mostly few events: small worlds are fast, and a failure in one is easier to follow. Now and then two leads have
 * so many that each fills more than a page of a scan.
 */
const drawNumbers = (draw: (name: string) => Random): Pick<Plan, 'leads' | 'events'> => {
  const long = draw('long ledgers');
  if (long.chance(0.05)) return { leads: 2, events: long.between(60, 80) };
  return { leads: draw('leads').between(2, 6), events: 5 + Math.floor(36 * draw('events').next() ** 3) };
};

const drawSizes = (draw: (name: string) => Random) => ({
  ...drawNumbers(draw),
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
  forgeries: sometimes(draw('forgeries'), 0.4, ({ between }) => between(1, 4)),
  deciding: draw('deciding').pick([0, 0.5, 1]),
  answering: draw('answering').pick([0, 0.5, 1]),
  variety: sometimes(draw('variety'), 0.7, share),
});

type Sizes = ReturnType<typeof drawSizes>;

/** Returns sizes with all leads if a rescoring is slow: only then some of them are in the same segment of the table. */
const fuller = (sizes: Sizes, { modelActs }: ModelPlan): Sizes =>
  modelActs.some(({ act }) => act === 'pace') ? { ...sizes, leads: 6 } : sizes;

/** Returns sizes with fewer merges and erasures in a world in which time passes, so that leads live to see it. */
const calmer = (sizes: Sizes, { spanMs }: TimePlan): Sizes =>
  spanMs === 0
    ? sizes
    : { ...sizes, merges: Math.floor(sizes.merges / 2), erasures: Math.floor(sizes.erasures / 2) };

const drawFamily = (random: Random, { spanMs }: TimePlan): Family => {
  const drawn = random.pick([...families, 'small', 'small'] as const);
  return spanMs > 0 && random.chance(0.8) ? random.pick(['fading', ...timedFamilies] as const) : drawn;
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

/**
 * Draws the plan of a seed. Different worlds find different bugs, so each seed draws another mix (swarm testing, Groce
 * et al. 2012).
 */
export const drawPlan = (seed: number): Plan => {
  // Each value has its own source, so that a new one does not change the others of a seed.
  const draw = (name: string): Random => createNamedRandom(seed, `plan/${name}`);
  const time = drawTime(draw('time'));
  const models = drawModelPlan(draw('models'));
  return {
    seed,
    order: draw('order').pick(orders),
    rates: drawRates(draw('rates')),
    healAt: draw('heal').between(50, 1_500),
    replay: draw('replay').chance(0.6),
    relapse: draw('relapse').chance(0.3),
    ...calmer(fuller(drawSizes(draw), models), time),
    ...time,
    ...drawIntegrations(draw('integrations')),
    family: drawFamily(draw('family'), time),
    ...models,
    overriding: sometimes(draw('overriding'), 0.4, (random) => random.next() * 0.4),
    auditing: draw('auditing').chance(0.3),
    recounting: draw('recounting').chance(0.5),
    scoring: drawConsumer(draw('scoring'), 20),
    following: drawConsumer(draw('following'), 10),
    stream: drawStream(draw('stream')),
    maxReceiveCount: draw('receives').between(2, 5),
    visibilityMs: draw('visibility').pick([30_000, 60_000, 181_000]),
    pageItems: draw('pages').pick([1, 2, 5, 1_000]),
  };
};
