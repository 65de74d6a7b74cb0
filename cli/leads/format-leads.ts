import { asOfRecord } from '../../shared/as-of/index.ts';
import { shortUpcoming } from '../as-of/upcoming-words.ts';
import { asOfLine } from '../as-of/words.ts';
import type { CsvRow } from '../output/csv.ts';
import type { Table, TableColumn } from '../output/line.ts';
import { table } from '../output/table.ts';
import { shortAction } from '../people/action-words.ts';
import type { LeadColumn } from '../people/columns.ts';
import { tierCell } from '../people/tier-cell.ts';
import { formatCount } from '../text/format-count.ts';
import { lastHeard } from './full-record.ts';
import type { ListedLead } from './view-leads.ts';

const day = (at: string): string => at.slice(0, 10);

/** Returns what happens to a lead next by itself, with its day. */
const nextCell = ([next]: ListedLead['next']): string =>
  next === undefined ? '–' : `${day(new Date(next.at).toISOString())}: ${shortUpcoming(next)}`;

/** Returns leads as a table for people. */
export const formatLeads = (leads: readonly ListedLead[], shown: readonly LeadColumn[]): Table => {
  const columns: TableColumn[] = [
    { least: 'whole' },
    ...shown.map(({ name }) => (name === 'owner' ? { least: 6, optional: 2 } : { least: 8 })),
    { least: 'whole', optional: 3 },
    { least: 'whole', optional: 4 },
    { least: 'whole' },
    { least: 'whole' },
    { least: 'whole', optional: 5 },
    { least: 8 },
    { least: 'whole', optional: 1 },
    { least: 12, optional: 6 },
  ];
  const titles = shown.map(({ title }) => title);
  return table(
    [
      ['lead', ...titles, 'stage', 'status', 'tier', 'score', 'known', 'action', 'last heard', 'next change'],
      ...leads.map(({ state, next }) => [
        state.leadId,
        ...shown.map(({ read }) => read(state.facts.attributes) ?? '–'),
        state.stage,
        state.status,
        tierCell(state.tier),
        state.score,
        `${Math.round(state.coverage * 100)} %`,
        shortAction(state.action),
        day(lastHeard(state)),
        nextCell(next),
      ]),
    ],
    columns,
  );
};

const namesBeforeTime = ['stage', 'status', 'tier', 'score', 'coverage', 'action', 'lastHeard'];
const namesOfTime = ['asOf', 'modelVersion', 'nextAt', 'next', 'storedTier'];

/** Returns leads as rows for spreadsheets. */
export const formatLeadRows = (leads: readonly ListedLead[], shown: readonly LeadColumn[]): CsvRow[] => [
  ['leadId', ...shown.map(({ name }) => name), ...namesBeforeTime, ...namesOfTime],
  ...leads.map((lead) => {
    const { state, storedTier, next } = lead;
    const { asOf, next: nextRecord } = asOfRecord(lead);
    return [
      state.leadId,
      ...shown.map(({ read }) => read(state.facts.attributes) ?? null),
      state.stage,
      state.status,
      state.tier,
      state.score,
      state.coverage,
      state.action.kind === 'none' ? 'none' : shortAction(state.action),
      lastHeard(state),
      asOf,
      state.modelVersion,
      nextRecord?.at ?? null,
      next[0] === undefined ? null : shortUpcoming(next[0]),
      storedTier,
    ];
  }),
];

/** Returns remarks on the instant as of which leads are listed, and on those that time has changed meanwhile. */
export const formatAsOf = (leads: readonly ListedLead[], at: Pick<ListedLead, 'at' | 'tense'>): string[] => {
  const moved = leads.filter(
    ({ state, storedTier }) => storedTier !== null && state.tier !== storedTier,
  ).length;
  return [
    asOfLine(at),
    ...(moved > 0
      ? [
          `${formatCount(moved, 'lead')} ${moved === 1 ? 'has' : 'have'} another tier by now than the one that was last announced, and by which the list is ordered.`,
        ]
      : []),
  ];
};
