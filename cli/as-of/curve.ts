import type { Curve, Upcoming } from '../../shared/as-of/index.ts';
import type { Line } from '../output/line.ts';
import { indented } from '../output/line.ts';
import { table } from '../output/table.ts';
import { shortAction } from '../people/action-words.ts';
import { formatInstant } from '../text/format-instant.ts';
import { shortUpcoming } from './upcoming-words.ts';

const row = (change: Upcoming) => [
  formatInstant(change.at),
  shortUpcoming(change),
  ...(change.kind === 'change' ? [change.after.score, shortAction(change.after.action)] : ['–', '–']),
];

/** Returns what time alone makes of a lead as lines for people. */
export const curveWords = ({ changes, goesOn }: Curve): Line[] =>
  changes.length === 0
    ? indented(['nothing'])
    : indented([
        table([['when', 'what happens', 'score', 'next action'], ...changes.map(row)]),
        ...(goesOn ? ['and more later'] : []),
      ]);
