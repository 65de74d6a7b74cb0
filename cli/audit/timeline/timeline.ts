import { byPosition, type EntryStanding, type LedgerEntry } from '../../../shared/ledger/index.ts';

/** An entry beside what was before it. */
export interface TimelineStep {
  readonly entry: LedgerEntry;
  /** By the event's own word, in UTC. */
  readonly occurredAt: string;
  readonly eventId: string;
  /** The event came after others that had happened later. */
  readonly late: boolean;
  /** How the lead stood before; undefined for the first time that it was judged. */
  readonly before: EntryStanding | undefined;
}

/** When an event happened and its id stay in the sort key, also where the event itself was erased. */
const keyParts = /^EVENT#([^#]*)#(\S*)/;

/** The entries of a lead in the order in which they came in, each with what it found. */
export const timelineOf = (entries: readonly LedgerEntry[]): TimelineStep[] => {
  let before: EntryStanding | undefined;
  let latest = '';
  return [...entries].sort(byPosition).map((entry) => {
    const [, occurredAt = '', eventId = ''] = keyParts.exec(entry.sk) ?? [];
    const step: TimelineStep = { entry, occurredAt, eventId, late: occurredAt < latest, before };
    if (entry.kind === 'decided') before = entry.standing;
    if (occurredAt > latest) latest = occurredAt;
    return step;
  });
};
