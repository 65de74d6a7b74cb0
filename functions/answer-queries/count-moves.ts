import { type Stage, stages, type Tier, tiers } from '../../events/index.ts';
import {
  buildCell,
  type Cell,
  type FunnelStanding,
  listMoves,
  listUncounted,
  partsOf,
} from '../../shared/funnel-counts/index.ts';
import { buildPositionKey } from '../../shared/keys/index.ts';
import type { LedgerEntry } from '../../shared/ledger/index.ts';
import type { LeadItem } from '../../shared/report/index.ts';
import type { Counted, TakeCounted } from './counted.ts';

interface DatedStanding extends FunnelStanding {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Returns the standing that the announcements of an entry have; undefined if it has none. */
const readAnnounced = (entry: LedgerEntry): DatedStanding | undefined => {
  if (entry.kind === 'erased') return undefined;
  if (entry.kind === 'decided' && (entry.silent || entry.changes.length === 0)) return undefined;
  const { leadId, event } = entry;
  const { occurredAt } = event.metadata;
  return {
    leadId,
    position: buildPositionKey(entry),
    cell: entry.kind === 'decided' ? buildCell(entry.standing) : undefined,
    day: occurredAt.slice(0, 10),
    at: Date.parse(occurredAt),
  };
};

type Figures = readonly Pick<Counted, 'figure' | 'parts'>[];

const compareTiers = (from: Tier, to: Tier): Figures => [
  { figure: tiers.indexOf(to) > tiers.indexOf(from) ? 'improved' : 'worsened', parts: {} },
];

/** Returns the figures of a stage that a lead left. */
const findLeaving = (stage: Stage, to: Stage | undefined): Figures => {
  if (to === undefined) return [{ figure: 'left', parts: { stage } }];
  const isForward = stages.indexOf(to) > stages.indexOf(stage);
  return [{ figure: isForward ? 'went-on' : 'went-back', parts: { stage } }];
};

/** Returns the figures in which a move from one cell to another counts. A lead without a cell is outside the funnel. */
const findFigures = (from: Cell | undefined, to: Cell | undefined): Figures => {
  const [was, is] = [from && partsOf(from), to && partsOf(to)];
  if (was !== undefined && was.stage === is?.stage) return compareTiers(was.tier, is.tier);
  const tier = (is ?? was)?.tier ?? 'none';
  return [
    { figure: 'moved', parts: { before: was?.stage ?? 'new', after: is?.stage ?? 'left', tier } },
    ...(is === undefined ? [] : [{ figure: 'came', parts: { stage: is.stage } } as const]),
    ...(was === undefined ? [] : findLeaving(was.stage, is?.stage)),
  ];
};

/**
 * Finds the moves of leads as `count-funnel` counts them: from one announced standing to the next, in the order in which
 * they were decided. Of an erased lead nothing is known any more.
 *
 * @param isAskedFor returns whether the moves of a day are asked for
 */
export const countMoves = async (
  items: AsyncIterable<LeadItem>,
  isAskedFor: (day: string) => boolean,
  take: TakeCounted,
): Promise<void> => {
  let standings: DatedStanding[] = [];
  const finish = (): void => {
    for (const { from, to, standing } of listMoves(undefined, listUncounted(undefined, standings))) {
      const { leadId, day, at } = standing;
      if (isAskedFor(day)) for (const figure of findFigures(from, to)) take({ ...figure, leadId, at });
    }
    standings = [];
  };
  for await (const item of items) {
    if (standings.length > 0 && standings[0]?.leadId !== item.leadId) finish();
    const standing = item.kind === 'entry' ? readAnnounced(item.entry) : undefined;
    if (standing !== undefined) standings.push(standing);
  }
  finish();
};
