import type { Handoff } from '../../shared/follow-ups/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { CsvRow } from '../output/csv.ts';
import { type Cell, styled, type Table, type TableColumn } from '../output/line.ts';
import { table } from '../output/table.ts';
import type { LeadColumn } from '../people/columns.ts';
import { tierCell } from '../people/tier-cell.ts';
import { dueWords, isLate } from './lateness.ts';

/** The leads of hand-offs, by id. Those that were merged or erased aren't among them. */
type LeadsById = ReadonlyMap<string, LeadState>;

const minute = (instant: string | undefined): string => instant?.slice(0, 16).replace('T', ' ') ?? '–';

const dueCell = (handoff: Handoff, now: number): Cell => {
  const words = dueWords(handoff, now);
  return isLate(handoff, now) ? styled(words, 'red') : words;
};

export interface HandoffListProps {
  readonly handoffs: readonly Handoff[];
  readonly leads: LeadsById;
  readonly columns: readonly LeadColumn[];
  readonly now: number;
}

/** Returns hand-offs as a table for people. The beginning of a hand-off's id is enough for the other commands. */
export const formatHandoffs = ({ handoffs, leads, columns, now }: HandoffListProps): Table => {
  const layout: TableColumn[] = [
    { least: 'whole' },
    ...columns.map(({ name }) => (name === 'owner' ? { least: 6, optional: 2 } : { least: 8, optional: 1 })),
    // Open ones come first, and those that are late say so.
    { least: 'whole', optional: 4 },
    { least: 6 },
    { least: 'whole' },
    { least: 'whole', optional: 3 },
    { least: 'whole', optional: 5 },
    { least: 'whole' },
    { least: 9 },
  ];
  return table(
    [
      [
        'lead',
        ...columns.map(({ title }) => title),
        ...['status', 'queue', 'tier', 'score', 'requested', 'due', 'hand-off'],
      ],
      ...handoffs.map((handoff) => {
        const { leadId, status, queue = '–', tier, score = '–', requestedAt, handoffId } = handoff;
        const lead = leads.get(leadId);
        return [
          leadId,
          ...columns.map(({ read }) => (lead && read(lead.facts.attributes)) ?? '–'),
          status,
          queue,
          tier === undefined ? '–' : tierCell(tier),
          score,
          minute(requestedAt),
          dueCell(handoff, now),
          handoffId,
        ];
      }),
    ],
    layout,
  );
};

const fields = [
  ...(['leadId', 'handoffId', 'status', 'queue', 'stage', 'tier', 'score', 'requestedAt', 'dueAt'] as const),
  ...(['answeredAt', 'verdict', 'answeredAs', 'actor', 'reason', 'withdrawnAt', 'erasedAt'] as const),
] satisfies readonly (keyof Handoff)[];

/** Returns hand-offs as rows for spreadsheets. */
export const formatHandoffRows = ({ handoffs, leads, columns, now }: HandoffListProps): CsvRow[] => [
  [...fields, 'late', ...columns.map(({ name }) => name)],
  ...handoffs.map((handoff) => {
    const lead = leads.get(handoff.leadId);
    return [
      ...fields.map((field) => handoff[field] ?? null),
      isLate(handoff, now) ? 'yes' : 'no',
      ...columns.map(({ read }) => (lead && read(lead.facts.attributes)) ?? null),
    ];
  }),
];

/** Returns a hand-off as an object for programs, with what is shown of its lead. */
export const handoffRecord = (
  handoff: Handoff,
  { leads, columns, now }: Omit<HandoffListProps, 'handoffs'>,
) => {
  const lead = leads.get(handoff.leadId);
  return {
    ...handoff,
    late: isLate(handoff, now),
    ...(lead !== undefined && {
      shown: Object.fromEntries(columns.map(({ name, read }) => [name, read(lead.facts.attributes) ?? null])),
    }),
  };
};
