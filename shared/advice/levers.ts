import type { Facts } from '../scoring/index.ts';
import type { Change } from './change.ts';
import { timesMore } from './how-often.ts';
import type { Knowledge } from './knowledge.ts';
import { type Key, keyOf } from './names-behind.ts';

/** How much a change asks for, the least first: to find out, to be done, to be said differently, to be different. */
export const efforts = ['unknown', 'activity', 'answer', 'attribute'] as const;
export type Effort = (typeof efforts)[number];

/** One name of which something else could become so, with all that could. */
export interface Lever {
  readonly key: Key;
  readonly effort: Effort;
  readonly changes: readonly Change[];
}

export const isKnown = (bag: Facts['attributes'] | Facts['answers'], name: string): boolean =>
  Object.hasOwn(bag, name) && (bag[name]?.[0] ?? null) !== null;

const ever = { windows: new Set([undefined]), each: false };

/** Everything that could be said of a lead or done by it that a model can tell. */
export const leversOf = ({ candidates, countings }: Knowledge, facts: Facts): Lever[] => {
  const said = (kind: 'answer' | 'attribute', bag: Facts['attributes'] | Facts['answers']): Lever[] =>
    [...(kind === 'answer' ? candidates.answers : candidates.attributes)].map(([name, values]) => ({
      key: keyOf(kind, name),
      effort: isKnown(bag, name) ? kind : 'unknown',
      changes: values.map((candidate) => ({ kind, name, ...candidate })),
    }));
  const done = [...candidates.activities].map(([name, bounds]): Lever => {
    const before = Object.hasOwn(facts.activities, name) ? facts.activities[name] : undefined;
    const counts = timesMore(countings.get(name) ?? ever, bounds, before, facts.seen + 1);
    return {
      key: keyOf('activity', name),
      effort: 'activity',
      changes: counts.map((count) => ({ kind: 'activity', name, count })),
    };
  });
  return [...said('answer', facts.answers), ...said('attribute', facts.attributes), ...done];
};
