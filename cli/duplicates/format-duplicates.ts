import type { LeadState } from '../../shared/lead/index.ts';
import type { LeadColumn } from '../../shared/people/index.ts';
import type { Cell, Table, TableColumn } from '../output/line.ts';
import { table } from '../output/table.ts';
import { tierCell } from '../people/tier-cell.ts';
import type { Duplicate } from './find-duplicates.ts';

export interface DuplicateListProps {
  readonly duplicates: readonly Duplicate[];
  readonly columns: readonly LeadColumn[];
  /** Whether the status of each pair is a column. */
  readonly withStatus: boolean;
}

const leadCells = (leadId: string, lead: LeadState | undefined, columns: readonly LeadColumn[]): Cell[] => [
  leadId,
  ...columns.map(({ read }) => (lead && read(lead.facts.attributes)) ?? '–'),
  lead === undefined ? '–' : tierCell(lead.tier),
  lead?.score ?? '–',
];

const pairRows = (
  { leadIds, leads, types, source, notedAt, status }: Duplicate,
  { columns, withStatus }: DuplicateListProps,
): Cell[][] => [
  [
    ...leadCells(leadIds[0], leads[0], columns),
    types.join(', '),
    source,
    notedAt.slice(0, 10),
    ...(withStatus ? [status] : []),
  ],
  [...leadCells(leadIds[1], leads[1], columns), '', '', '', ...(withStatus ? [''] : [])],
];

/** Returns pairs as a table for people: two lines each, one for each lead. */
export const formatDuplicates = (props: DuplicateListProps): Table => {
  const { duplicates, columns, withStatus } = props;
  const layout: TableColumn[] = [
    { least: 'whole' },
    ...columns.map(() => ({ least: 8, optional: 1 })),
    { least: 'whole' },
    { least: 'whole' },
    { least: 8, optional: 2 },
    { least: 8, optional: 4 },
    { least: 'whole', optional: 3 },
    ...(withStatus ? [{ least: 'whole' as const }] : []),
  ];
  return table(
    [
      [
        'lead',
        ...columns.map(({ title }) => title),
        ...['tier', 'score', 'shared', 'source', 'noted', ...(withStatus ? ['status'] : [])],
      ],
      ...duplicates.flatMap((duplicate) => pairRows(duplicate, props)),
    ],
    layout,
  );
};

/** Returns a pair as an object for programs. */
export const duplicateRecord = ({ leads, leadIds, ...pair }: Duplicate, columns: readonly LeadColumn[]) => ({
  ...pair,
  leads: leadIds.map((leadId, i) => {
    const lead = leads[i];
    if (lead === undefined) return { leadId };
    const { stage, tier, score, facts } = lead;
    const shown = columns.map(({ name, read }) => [name, read(facts.attributes) ?? null]);
    return { leadId, stage, tier, score, shown: Object.fromEntries(shown) };
  }),
});
