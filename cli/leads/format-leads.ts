import { dayMs } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { CsvRow } from '../output/csv.ts';
import type { Table, TableColumn } from '../output/line.ts';
import { table } from '../output/table.ts';
import { shortAction } from '../people/action-words.ts';
import type { LeadColumn } from '../people/columns.ts';
import { tierCell } from '../people/tier-cell.ts';
import { formatCount } from '../text/format-count.ts';
import { asOf } from './full-record.ts';

const day = (state: LeadState): string => asOf(state).slice(0, 10);

/** Returns leads as a table for people. */
export const formatLeads = (leads: readonly LeadState[], shown: readonly LeadColumn[]): Table => {
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
  ];
  const titles = shown.map(({ title }) => title);
  return table(
    [
      ['lead', ...titles, 'stage', 'status', 'tier', 'score', 'known', 'action', 'last heard'],
      ...leads.map((state) => [
        state.leadId,
        ...shown.map(({ read }) => read(state.facts.attributes) ?? '–'),
        state.stage,
        state.status,
        tierCell(state.tier),
        state.score,
        `${Math.round(state.coverage * 100)} %`,
        shortAction(state.action),
        day(state),
      ]),
    ],
    columns,
  );
};

/** Returns leads as rows for spreadsheets. */
export const formatLeadRows = (leads: readonly LeadState[], shown: readonly LeadColumn[]): CsvRow[] => [
  [
    'leadId',
    ...shown.map(({ name }) => name),
    ...['stage', 'status', 'tier', 'score', 'coverage', 'action', 'lastHeard', 'asOf', 'modelVersion'],
  ],
  ...leads.map((state) => [
    state.leadId,
    ...shown.map(({ read }) => read(state.facts.attributes) ?? null),
    state.stage,
    state.status,
    state.tier,
    state.score,
    state.coverage,
    state.action.kind === 'none' ? 'none' : shortAction(state.action),
    asOf(state),
    asOf(state),
    state.modelVersion,
  ]),
];

/**
 * Returns a remark on the instants that scores are of: a lead is judged at its latest event, and a score doesn't age
 * with the clock.
 */
export const formatAge = (leads: readonly LeadState[], now: number): string[] => {
  const [first, ...others] = leads;
  if (first === undefined) return [];
  const oldest = others.reduce((a, b) => (b.facts.seen < a.facts.seen ? b : a), first);
  const days = Math.max(0, Math.floor((now - oldest.facts.seen) / dayMs));
  return [
    `Each score is as of the lead's own latest event; the oldest is as of ${day(oldest)}, ${formatCount(days, 'day')} ago.`,
  ];
};
