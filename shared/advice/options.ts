import { type Facts, instantOf } from '../scoring/index.ts';
import type { Change, Said } from './change.ts';
import { timesMore } from './how-often.ts';
import type { Knowledge } from './knowledge.ts';
import { type Key, keyOf } from './names-behind.ts';

/**
 * The kinds of effort, least first: to find something out, to confirm what is known, to do something, to answer
 * differently, to be different.
 */
export const efforts = ['unknown', 'confirm', 'activity', 'answer', 'attribute'] as const;
export type Effort = (typeof efforts)[number];

/** A name that the model reads, and everything that could change about it. */
export interface Option {
  readonly key: Key;
  readonly effort: Effort;
  /** One for each class of values that the model distinguishes. */
  readonly changes: readonly Change[];
}

export const isKnown = (bag: Facts['attributes'] | Facts['answers'], name: string): boolean =>
  Object.hasOwn(bag, name) && (bag[name]?.[0] ?? null) !== null;

const ever = { windows: new Set([undefined]), each: false, decays: false };

interface Options {
  /** The easiest first. */
  readonly options: readonly Option[];
  /** Whether the options contain every change that makes a difference. */
  readonly complete: boolean;
}

type Confirmable = Pick<Said, 'kind' | 'name'>;

/** Returns the change that says a known value anew; undefined if its age makes no difference, or nothing is known. */
export const findConfirmation = (
  { aging }: Knowledge,
  { kind, name }: Confirmable,
  facts: Facts,
): Said | undefined => {
  const bag = kind === 'answer' ? facts.answers : facts.attributes;
  const value = Object.hasOwn(bag, name) ? bag[name]?.[0] : undefined;
  return value === undefined || value === null || !aging.has(keyOf(kind, name))
    ? undefined
    : { kind, name, value, confirms: true };
};

/**
 * Returns everything that could be said of a lead or done by it and that makes a difference.
 *
 * @param at the instant as of which it is, in milliseconds since 1970
 */
export const listOptions = (knowledge: Knowledge, facts: Facts, at: number = instantOf(facts)): Options => {
  const { candidatesAfter, countings } = knowledge;
  const candidates = candidatesAfter(facts.answers);
  const listKindOptions = (
    kind: 'answer' | 'attribute',
    bag: Facts['attributes'] | Facts['answers'],
  ): Option[] =>
    [...(kind === 'answer' ? candidates.answers : candidates.attributes)].map(([name, values]) => {
      const confirmation = findConfirmation(knowledge, { kind, name }, facts);
      return {
        key: keyOf(kind, name),
        effort: isKnown(bag, name) ? kind : 'unknown',
        changes: [
          ...(confirmation === undefined ? [] : [confirmation]),
          ...values.map((candidate) => ({ kind, name, ...candidate })),
        ],
      };
    });
  const done = [...candidates.activities].map(([name, bounds]): Option => {
    const before = Object.hasOwn(facts.activities, name) ? facts.activities[name] : undefined;
    const counts = timesMore(countings.get(name) ?? ever, bounds, before, at + 1);
    return {
      key: keyOf('activity', name),
      effort: 'activity',
      changes: counts.map((count) => ({ kind: 'activity', name, count })),
    };
  });
  const options = [
    ...listKindOptions('answer', facts.answers),
    ...listKindOptions('attribute', facts.attributes),
    ...done,
  ].sort((a, b) => efforts.indexOf(a.effort) - efforts.indexOf(b.effort));
  return { options, complete: candidates.complete };
};
