import type { FactValue } from '../../../events/index.ts';
import type { ActivityCounts, AnswerFact, Facts } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { createLatestFacts, type ReserveLatest } from './latest-facts.ts';

/** Reads a value: undefined if it was never recorded, null if it was cleared. */
export type ReadValue = (reading: Reading) => FactValue | undefined;
type ReadActivity = (reading: Reading) => ActivityCounts | undefined;
export type ReadAnswer = (reading: Reading) => AnswerFact | undefined;

/** A test of how often an activity occurred within a window. Its result changes as days leave the window. */
export interface WindowTest {
  readonly activity: string;
  readonly withinDays: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Facts by number instead of by name. Every lead's facts are an object of another shape, and reads by name from
 * ever new shapes cost up to fifteen times what they cost from one. So the names that a model reads are
 * numbered, and the facts of a lead are laid out by number in one walk, when the first of its conditions asks.
 */
export interface FactLayout {
  readonly reserveValue: (bag: 'attributes' | 'answers', name: string) => ReadValue;
  readonly reserveActivity: (name: string) => ReadActivity;
  /** Reserves a number for an answer. Returns the function that reads it with its wording. */
  readonly reserveAnswer: (question: string) => ReadAnswer;
  /** Reserves some facts. Returns the function that finds the hour of the latest of them. */
  readonly reserveLatest: ReserveLatest;
  /** Notes a test of a window, so that the days on which its result changes can be listed. */
  readonly noteWindowTest: (test: WindowTest) => void;
  /** Returns the window tests that were noted, each once. */
  readonly listWindowTests: () => readonly WindowTest[];
  /** Whether a question is answered in words; one that the model doesn't describe may be. */
  readonly asksForWords: (question: string) => boolean;
}

type Questions = Readonly<Record<string, { readonly kind: string }>>;

/** Numbers by name. An object rather than a Map: its keys and the names of facts are then the same strings to V8. */
type Slots = Record<string, number>;

const noSlots = (): Slots => Object.create(null);

const reserveSlot = (slots: Slots, name: string, next: number): number => {
  slots[name] ??= next;
  return slots[name];
};

/** Creates the layout of one model. It stores the facts that it laid out last: facts don't change. */
export const createFactLayout = (questions: Questions = {}): FactLayout => {
  const slots = { attributes: noSlots(), answers: noSlots(), activities: noSlots(), answersWhole: noSlots() };
  const values: (FactValue | undefined)[] = [];
  const counts: (ActivityCounts | undefined)[] = [];
  const answers: (AnswerFact | undefined)[] = [];
  const windowTests = new Map<string, WindowTest>();
  let last: Facts | undefined;

  /**
   * Lays out the answers with their wordings. This is a walk of its own: most scorecards read values alone, and a
   * second look at each name costs them a tenth.
   */
  const layOutAnswers = (facts: Facts): void => {
    for (let i = 0; i < answers.length; i++) answers[i] = undefined;
    for (const name in facts.answers) {
      const slot = slots.answersWhole[name];
      if (slot !== undefined) answers[slot] = facts.answers[name];
    }
  };

  const layOut = (facts: Facts): void => {
    last = facts;
    for (let i = 0; i < values.length; i++) values[i] = undefined;
    for (let i = 0; i < counts.length; i++) counts[i] = undefined;
    for (const name in facts.attributes) {
      const slot = slots.attributes[name];
      if (slot !== undefined) values[slot] = facts.attributes[name]?.[0];
    }
    for (const name in facts.answers) {
      const slot = slots.answers[name];
      if (slot !== undefined) values[slot] = facts.answers[name]?.[0];
    }
    if (answers.length > 0) layOutAnswers(facts);
    for (const name in facts.activities) {
      const slot = slots.activities[name];
      if (slot !== undefined) counts[slot] = facts.activities[name];
    }
  };

  return {
    // A reader for each list, written out: V8 reads a list fastest where the code sees no other.
    reserveValue: (bag, name) => {
      const slot = reserveSlot(slots[bag], name, values.length);
      values[slot] = undefined;
      last = undefined;
      return ({ facts }) => {
        if (facts !== last) layOut(facts);
        return values[slot];
      };
    },
    reserveActivity: (name) => {
      const slot = reserveSlot(slots.activities, name, counts.length);
      counts[slot] = undefined;
      last = undefined;
      return ({ facts }) => {
        if (facts !== last) layOut(facts);
        return counts[slot];
      };
    },
    reserveAnswer: (question) => {
      const slot = reserveSlot(slots.answersWhole, question, answers.length);
      answers[slot] = undefined;
      last = undefined;
      return ({ facts }) => {
        if (facts !== last) layOut(facts);
        return answers[slot];
      };
    },
    reserveLatest: createLatestFacts(),
    noteWindowTest: (test) => void windowTests.set(JSON.stringify(Object.values(test)), test),
    listWindowTests: () => [...windowTests.values()],
    asksForWords: (question) => !Object.hasOwn(questions, question) || questions[question]?.kind === 'text',
  };
};
