import { byPosition, type EntryStanding, type LedgerEntry } from '../ledger/index.ts';

/** An entry, and the standing of the lead before it. */
export interface TimelineStep {
  readonly entry: LedgerEntry;
  /** When the event happened, as the event gives it, in UTC. */
  readonly occurredAt: string;
  readonly eventId: string;
  /** Whether the event came in after others that had happened later. */
  readonly late: boolean;
  /** The standing before; undefined for the first entry that was judged. */
  readonly before: EntryStanding | undefined;
}

/** The sort key contains when an event happened and its id, also after the event itself was erased. */
const keyParts = /^EVENT#([^#]*)#(\S*)/;

/** Returns when the event of an entry happened, in UTC, and its id. */
export const parseSortKey = ({ sk }: Pick<LedgerEntry, 'sk'>): { occurredAt: string; eventId: string } => {
  const [, occurredAt = '', eventId = ''] = keyParts.exec(sk) ?? [];
  return { occurredAt, eventId };
};

/** Returns the entries of a lead in the order in which they came in, each with the standing before it. */
export const buildTimeline = (entries: readonly LedgerEntry[]): TimelineStep[] => {
  let before: EntryStanding | undefined;
  let latest = '';
  return [...entries].sort(byPosition).map((entry) => {
    const { occurredAt, eventId } = parseSortKey(entry);
    const step: TimelineStep = { entry, occurredAt, eventId, late: occurredAt < latest, before };
    if (entry.kind === 'decided') before = entry.standing;
    if (occurredAt > latest) latest = occurredAt;
    return step;
  });
};
