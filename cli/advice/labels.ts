import type { NextQuestion, RequiredSet, Requirements } from '../../shared/advice/index.ts';
import type { Candidate } from '../../shared/scoring/index.ts';
import { candidateWords } from './class-words.ts';

const withLabel = <C extends Candidate>(candidate: C) => ({ ...candidate, label: candidateWords(candidate) });

/** Adds to every answer of a question a label in words. */
export const labelQuestion = (next: NextQuestion) => ({
  ...next,
  outcomes: next.outcomes.map(withLabel),
  best: withLabel(next.best),
  worst: withLabel(next.worst),
});

const labelSet = (set: RequiredSet) => ({
  ...set,
  changes: set.changes.map(({ among: _, ...change }) => ({
    ...change,
    anyOf: change.anyOf.map((one) => (one.kind === 'activity' ? one : withLabel(one))),
  })),
});

/** Adds to every answer and attribute of the changes a label in words, and leaves out the changes that are not enough. */
export const labelRequirements = ({ sets, shortfall, ...requirements }: Requirements) => ({
  ...requirements,
  sets: sets.map(labelSet),
  ...(shortfall && {
    shortfall: { ...shortfall, ...(shortfall.best && { best: labelSet(shortfall.best) }) },
  }),
});
