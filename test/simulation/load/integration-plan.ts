import type { Random } from '../random.ts';

/** The part of a plan that is about webhooks, identity and deliveries. Most worlds have none of them. */
export interface IntegrationPlan {
  /** The number of payloads that a source sends; 0 in a world without webhooks. */
  readonly payloads: number;
  readonly people: number;
  /** Whether several people are seen on one device. */
  readonly sharedDevice: boolean;
  readonly whenTwoMeet: 'suggest' | 'merge';
  /** The probability that a payload asks for an erasure. */
  readonly forgetting: number;
  /** Whether announcements are delivered to targets. */
  readonly delivering: boolean;
}

/** Draws webhooks in a quarter of the worlds, and deliveries in a quarter. */
export const drawIntegrations = (random: Random): IntegrationPlan => {
  const own = (name: string) => random.fork(name);
  const sends = own('webhooks').chance(0.25);
  return {
    payloads: sends ? own('payloads').between(2, 20) : 0,
    people: own('people').between(1, 4),
    sharedDevice: own('shared device').chance(0.4),
    whenTwoMeet: own('meeting').pick(['suggest', 'merge']),
    forgetting: own('forgetting').chance(0.3) ? own('forgetting of').next() * 0.2 : 0,
    delivering: own('delivering').chance(0.25),
  };
};
