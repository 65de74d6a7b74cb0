import { computeHour, type Facts } from '../facts.ts';
import type { Reading } from '../reading.ts';

/** The facts that have an instant, by name. */
type Bag = 'attributes' | 'answers' | 'activities' | 'outcomes';

export interface FactName {
  readonly bag: Bag;
  readonly name: string;
}

/** Finds the hour of the latest of some facts; undefined if none of them is known. */
export type FindLatestHour = (reading: Reading) => number | undefined;

export type ReserveLatest = (names: readonly FactName[]) => FindLatestHour;

const unknownHour = -1;

/**
 * Creates the layout of the hours of facts: numbered as in `FactLayout`, and apart from it, since only criteria with
 * decay read them.
 */
export const createLatestFacts = (): ReserveLatest => {
  const slots: Record<Bag, Map<string, number>> = {
    attributes: new Map(),
    answers: new Map(),
    activities: new Map(),
    outcomes: new Map(),
  };
  const hours: number[] = [];
  let last: Facts | undefined;

  const layOutValues = (bag: 'attributes' | 'answers', facts: Facts): void => {
    for (const name in facts[bag]) {
      const slot = slots[bag].get(name);
      const fact = facts[bag][name];
      if (slot !== undefined && fact !== undefined && fact[0] !== null) hours[slot] = computeHour(fact[1]);
    }
  };

  const layOutCounts = (bag: 'activities' | 'outcomes', facts: Facts): void => {
    for (const [name, counts] of Object.entries(facts[bag])) {
      const slot = slots[bag].get(name);
      if (slot !== undefined) hours[slot] = computeHour(counts[1]);
    }
  };

  const layOut = (facts: Facts): void => {
    last = facts;
    hours.fill(unknownHour);
    layOutValues('attributes', facts);
    layOutValues('answers', facts);
    layOutCounts('activities', facts);
    layOutCounts('outcomes', facts);
  };

  const reserve = ({ bag, name }: FactName): number => {
    const slot = slots[bag].get(name) ?? hours.length;
    slots[bag].set(name, slot);
    hours[slot] = unknownHour;
    last = undefined;
    return slot;
  };

  return (names) => {
    const reserved = names.map(reserve);
    return ({ facts }) => {
      if (facts !== last) layOut(facts);
      let latest = unknownHour;
      for (const slot of reserved) latest = Math.max(latest, hours[slot] as number);
      return latest === unknownHour ? undefined : latest;
    };
  };
};
