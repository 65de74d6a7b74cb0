import type { FactValue } from '../../events/index.ts';
import type { ActivityCounts, Dated, Facts } from './facts.ts';

type Values = (FactValue | undefined)[];
type Activities = (ActivityCounts | undefined)[];

/**
 * Facts by number instead of by name. Every lead's facts are an object of another shape, and reads by name from
 * ever new shapes cost up to fifteen times what they cost from one. So the names that a model asks for are
 * numbered, and the facts of a lead are laid out by number in one walk, when the first of its conditions asks.
 */
export interface FactLayout {
  /** A reader of an attribute or answer; a value that nobody has said is undefined, one that was cleared is null. */
  readonly valueOf: (bag: 'attributes' | 'answers', name: string) => (facts: Facts) => FactValue | undefined;
  readonly activityOf: (name: string) => (facts: Facts) => ActivityCounts | undefined;
}

type Slots = Map<string, number>;

const slotOf = (slots: Slots, name: string, next: number): number => {
  const slot = slots.get(name) ?? next;
  slots.set(name, slot);
  return slot;
};

const putValues = (slots: Slots, bag: Readonly<Record<string, Dated<FactValue>>>, values: Values): void => {
  for (const name in bag) {
    const slot = slots.get(name);
    if (slot !== undefined) values[slot] = (bag[name] as Dated<FactValue>)[0];
  }
};

const putActivities = (slots: Slots, bag: Facts['activities'], activities: Activities): void => {
  for (const name in bag) {
    const slot = slots.get(name);
    if (slot !== undefined) activities[slot] = bag[name];
  }
};

/** The layout of one model. It remembers the facts that it laid out last: facts don't change. */
export const createFactLayout = (): FactLayout => {
  const attributes: Slots = new Map();
  const answers: Slots = new Map();
  const activities: Slots = new Map();
  const slots = { attributes, answers };
  const values: Values = [];
  const counts: Activities = [];
  let last: Facts | undefined;

  const layOut = (facts: Facts): void => {
    last = facts;
    values.fill(undefined);
    counts.fill(undefined);
    putValues(attributes, facts.attributes, values);
    putValues(answers, facts.answers, values);
    putActivities(activities, facts.activities, counts);
  };

  return {
    valueOf: (bag, name) => {
      const slot = slotOf(slots[bag], name, values.length);
      values[slot] = undefined;
      last = undefined;
      return (facts) => {
        if (facts !== last) layOut(facts);
        return values[slot];
      };
    },
    activityOf: (name) => {
      const slot = slotOf(activities, name, counts.length);
      counts[slot] = undefined;
      last = undefined;
      return (facts) => {
        if (facts !== last) layOut(facts);
        return counts[slot];
      };
    },
  };
};
