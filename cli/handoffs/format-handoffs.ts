import { minuteMs } from '../../events/index.ts';
import type { Handoff } from '../../shared/follow-ups/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { LeadColumn } from '../../shared/people/index.ts';
import type { CsvRow } from '../output/csv.ts';
import { type Cell, styled, type Table, type TableColumn } from '../output/line.ts';
import { table } from '../output/table.ts';
import { tierCell } from '../people/tier-cell.ts';
import { computeLateness, dueWords, isLate, minute, statusWords } from './lateness.ts';
import { findNextStep, type Models, nextWords } from './next-step.ts';

/** The leads of hand-offs, by id. Those that were merged or erased aren't among them. */
type LeadsById = ReadonlyMap<string, LeadState>;

const dueCell = (handoff: Handoff, now: number): Cell => {
  const words = dueWords(handoff, now);
  return isLate(handoff, now) ? styled(words, 'red') : words;
};

export interface HandoffListProps {
  readonly handoffs: readonly Handoff[];
  readonly leads: LeadsById;
  readonly columns: readonly LeadColumn[];
  readonly models: Models;
  readonly now: number;
}

/**
 * Returns hand-offs as a table for people. The beginning of a hand-off's id is enough for the other commands. What comes
 * next is a column if something does.
 */
export const formatHandoffs = ({ handoffs, leads, columns, models, now }: HandoffListProps): Table => {
  const next = new Map(handoffs.map((handoff) => [handoff, nextWords(handoff, models, now)]));
  const hasNext = [...next.values()].some((words) => words !== undefined);
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
    ...(hasNext ? [{ least: 12, optional: 2 }] : []),
    { least: 9 },
  ];
  return table(
    [
      [
        'lead',
        ...columns.map(({ title }) => title),
        ...['status', 'queue', 'tier', 'score', 'requested', 'due', ...(hasNext ? ['next'] : []), 'hand-off'],
      ],
      ...handoffs.map((handoff) => {
        const { leadId, queue = '–', tier, score = '–', requestedAt, handoffId } = handoff;
        const lead = leads.get(leadId);
        return [
          leadId,
          ...columns.map(({ read }) => (lead && read(lead.facts.attributes)) ?? '–'),
          statusWords(handoff, now),
          queue,
          tier === undefined ? '–' : tierCell(tier),
          score,
          minute(requestedAt),
          dueCell(handoff, now),
          ...(hasNext ? [next.get(handoff) ?? '–'] : []),
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
  ...(['firstQueue', 'deadline', 'waitsUntil', 'pausedAt', 'escalatedTo', 'expiredAt'] as const),
] satisfies readonly (keyof Handoff)[];

/** Returns by how many whole minutes a hand-off is or was late; null if it isn't. */
const lateMinutes = (handoff: Handoff, now: number): number | null => {
  const late = computeLateness(handoff, now);
  return late === undefined ? null : Math.floor(late / minuteMs);
};

/** Returns hand-offs as rows for spreadsheets. */
export const formatHandoffRows = ({ handoffs, leads, columns, models, now }: HandoffListProps): CsvRow[] => [
  [...fields, 'missedDeadlines', 'next', 'lateMinutes', 'late', ...columns.map(({ name }) => name)],
  ...handoffs.map((handoff) => {
    const lead = leads.get(handoff.leadId);
    return [
      ...fields.map((field) => handoff[field] ?? null),
      handoff.missed?.length ?? 0,
      nextWords(handoff, models, now) ?? null,
      lateMinutes(handoff, now),
      isLate(handoff, now) ? 'yes' : 'no',
      ...columns.map(({ read }) => (lead && read(lead.facts.attributes)) ?? null),
    ];
  }),
];

/** Returns a hand-off as an object for programs, with what is shown of its lead. */
export const handoffRecord = (
  handoff: Handoff,
  { leads, columns, models, now }: Omit<HandoffListProps, 'handoffs'>,
) => {
  const lead = leads.get(handoff.leadId);
  const next = findNextStep(handoff, models);
  return {
    ...handoff,
    late: isLate(handoff, now),
    lateMinutes: lateMinutes(handoff, now),
    ...(next !== undefined && { next }),
    ...(lead !== undefined && {
      shown: Object.fromEntries(columns.map(({ name, read }) => [name, read(lead.facts.attributes) ?? null])),
    }),
  };
};
