import { createNamedRandom, type Random } from '../random.ts';
import { iso, start } from './instants.ts';
import type { Plan } from './plan.ts';

/** A payload of the source `people`: the identifiers that it has of a person, and what the person did. */
export interface PeoplePayload {
  readonly id: string;
  readonly at: string;
  readonly kind: 'seen' | 'profile' | 'erase';
  readonly user?: string;
  readonly email?: string;
  readonly device?: string;
  readonly city?: string;
}

/** A payload that is sent, as often as it is sent. */
export interface SentPayload {
  readonly payload: PeoplePayload;
  /** The instants at which it is sent, in milliseconds since 1970. */
  readonly sendAt: readonly number[];
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The identifiers of a person. On a shared device several people are seen. */
const drawIdentifiers = (
  { people, sharedDevice }: Plan,
  random: Random,
): Pick<PeoplePayload, 'user' | 'email' | 'device'> => {
  const person = random.between(1, people);
  const device = sharedDevice && random.chance(0.5) ? 'd-shared' : `d-${person}`;
  const all = { user: `u-${person}`, email: `Person${person}@Example.com`, device };
  const names = Object.keys(all).filter(() => random.chance(0.5));
  const chosen = names.length === 0 ? [random.pick(Object.keys(all))] : names;
  return Object.fromEntries(Object.entries(all).filter(([name]) => chosen.includes(name)));
};

const drawKind = ({ forgetting }: Plan, random: Random): PeoplePayload['kind'] => {
  if (random.chance(forgetting)) return 'erase';
  return random.pick(['seen', 'seen', 'profile']);
};

/** Draws how often a payload is sent, and when: tools send again after hours, and in any order. */
const drawSending = ({ spanMs }: Plan, random: Random, at: number): number[] => {
  const times = random.pick([1, 1, 2, 3]);
  const late = () => random.between(0, random.pick(spanMs === 0 ? [minuteMs] : [minuteMs, dayMs]));
  return Array.from({ length: times }, () => Math.max(at, start) + late());
};

/** Draws the payloads that the source `people` sends. */
export const drawPayloads = (plan: Plan): readonly SentPayload[] =>
  Array.from({ length: plan.payloads }, (_, index) => {
    const random = createNamedRandom(plan.seed, `payload ${index}`);
    const at = start + random.between(plan.spanMs === 0 ? -30 * dayMs : -dayMs, plan.spanMs);
    const kind = drawKind(plan, random);
    const payload = {
      id: `w-${index}`,
      at: iso(at),
      kind,
      ...drawIdentifiers(plan, random),
      ...(kind === 'profile' && { city: random.pick(['Rome', 'Oslo', 'Lima']) }),
    };
    return { payload, sendAt: drawSending(plan, random, at) };
  });
