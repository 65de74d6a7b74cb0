import { type CsvRow, formatCsv } from '../output/csv.ts';
import { shortAction } from '../people/action-words.ts';
import type { Move } from './comparison.ts';
import { reasonWords } from './words/reason-words.ts';

/** The titles of the columns of all leads that move. */
const header: CsvRow = [
  'leadId',
  'tierA',
  'tierB',
  'scoreA',
  'scoreB',
  'stageA',
  'stageB',
  'actionA',
  'actionB',
  'disqualifiedA',
  'disqualifiedB',
  'why',
];

const toCsvRow = ({ leadId, standings: { a, b }, reasons }: Move): CsvRow => [
  leadId,
  a.tier,
  b.tier,
  a.score,
  b.score,
  a.stage,
  b.stage,
  shortAction(a.action),
  shortAction(b.action),
  a.disqualification?.disqualifier ?? null,
  b.disqualification?.disqualifier ?? null,
  reasons.map(reasonWords).join('; '),
];

/** Returns the first line of the file. */
export const formatHeader = (): string => formatCsv([header]);

/** Returns a lead that moves as a line of CSV. */
export const formatMoveRow = (move: Move): string => formatCsv([toCsvRow(move)]);
