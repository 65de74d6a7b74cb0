import type { FactValue } from '../../events/index.ts';
import type { ActivityCounts, Facts } from './facts.ts';

type Values = (FactValue | undefined)[];
type Activities = (ActivityCounts | undefined)[];

/** A value that nobody has said is undefined, one that was cleared is null. */
export type ReadValue = (facts: Facts) => FactValue | undefined;
export type ReadActivity = (facts: Facts) => ActivityCounts | undefined;

/**
 * Facts by number instead of by name. Every lead's facts are an object of another shape, and reads by name from
 * ever new shapes cost up to fifteen times what they cost from one. So the names that a model asks for are
 * numbered, and the facts of a lead are laid out by number in one walk, when the first of its conditions asks.
 */
export interface FactLayout {
  readonly valueOf: (bag: 'attributes' | 'answers', name: string) => ReadValue;
  readonly activityOf: (name: string) => ReadActivity;
}

/** Numbers by name. An object rather than a Map: its keys and the names of facts are then the same strings to V8. */
type Slots = Record<string, number>;

const noSlots = (): Slots => Object.create(null);

const slotOf = (slots: Slots, name: string, next: number): number => {
  slots[name] ??= next;
  return slots[name];
};

/** The layout of one model. It remembers the facts that it laid out last: facts don't change. */
export const createFactLayout = (): FactLayout => {
  const slots = { attributes: noSlots(), answers: noSlots(), activities: noSlots() };
  const values: Values = [];
  const counts: Activities = [];
  let last: Facts | undefined;

  const layOut = (facts: Facts): void => {
    const { attributes, answers, activities } = facts;
    last = facts;
    for (let i = 0; i < values.length; i++) values[i] = undefined;
    for (let i = 0; i < counts.length; i++) counts[i] = undefined;
    for (const name in attributes) {
      const slot = slots.attributes[name];
      if (slot !== undefined) values[slot] = attributes[name]?.[0];
    }
    for (const name in answers) {
      const slot = slots.answers[name];
      if (slot !== undefined) values[slot] = answers[name]?.[0];
    }
    for (const name in activities) {
      const slot = slots.activities[name];
      if (slot !== undefined) counts[slot] = activities[name];
    }
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
      const slot = slotOf(slots.activities, name, counts.length);
      counts[slot] = undefined;
      last = undefined;
      return (facts) => {
        if (facts !== last) layOut(facts);
        return counts[slot];
      };
    },
  };
};
