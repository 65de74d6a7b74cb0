import type { FactValue } from '../../../events/index.ts';
import type { ActivityCounts, AnswerFact, Facts } from '../facts.ts';
import type { Reading } from '../reading.ts';

/** A value that nobody has said is undefined, one that was cleared is null. */
export type ReadValue = (reading: Reading) => FactValue | undefined;
export type ReadActivity = (reading: Reading) => ActivityCounts | undefined;
export type ReadAnswer = (reading: Reading) => AnswerFact | undefined;

/**
 * Facts by number instead of by name. Every lead's facts are an object of another shape, and reads by name from
 * ever new shapes cost up to fifteen times what they cost from one. So the names that a model asks for are
 * numbered, and the facts of a lead are laid out by number in one walk, when the first of its conditions asks.
 */
export interface FactLayout {
  readonly valueOf: (bag: 'attributes' | 'answers', name: string) => ReadValue;
  readonly activityOf: (name: string) => ReadActivity;
  /** The answer with how it was given, where its value alone doesn't do. */
  readonly answerOf: (question: string) => ReadAnswer;
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
  const slots = { attributes: noSlots(), answers: noSlots(), activities: noSlots(), answersWhole: noSlots() };
  const values: (FactValue | undefined)[] = [];
  const counts: (ActivityCounts | undefined)[] = [];
  const answers: (AnswerFact | undefined)[] = [];
  let last: Facts | undefined;

  const clear = (): void => {
    for (let i = 0; i < values.length; i++) values[i] = undefined;
    for (let i = 0; i < counts.length; i++) counts[i] = undefined;
    for (let i = 0; i < answers.length; i++) answers[i] = undefined;
  };

  const layOut = (facts: Facts): void => {
    last = facts;
    clear();
    for (const name in facts.attributes) {
      const slot = slots.attributes[name];
      if (slot !== undefined) values[slot] = facts.attributes[name]?.[0];
    }
    for (const name in facts.answers) {
      const answer = facts.answers[name];
      const slot = slots.answers[name];
      if (slot !== undefined) values[slot] = answer?.[0];
      const whole = slots.answersWhole[name];
      if (whole !== undefined) answers[whole] = answer;
    }
    for (const name in facts.activities) {
      const slot = slots.activities[name];
      if (slot !== undefined) counts[slot] = facts.activities[name];
    }
  };

  /** Reads a slot of one of the lists above; what it held before the slot was there is forgotten. */
  const reader = <T>(list: (T | undefined)[], slot: number) => {
    list[slot] = undefined;
    last = undefined;
    return ({ facts }: Reading): T | undefined => {
      if (facts !== last) layOut(facts);
      return list[slot];
    };
  };

  return {
    valueOf: (bag, name) => reader(values, slotOf(slots[bag], name, values.length)),
    activityOf: (name) => reader(counts, slotOf(slots.activities, name, counts.length)),
    answerOf: (question) => reader(answers, slotOf(slots.answersWhole, question, answers.length)),
  };
};
