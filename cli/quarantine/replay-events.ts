import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { RejectionCode } from '../../events/index.ts';
import type { QuarantineAdmin, QuarantinedEvent, QuarantineRecord } from '../../shared/quarantine/index.ts';
import {
  type Doubt,
  findChangedIds,
  noteReplay,
  planReplay,
  type ReplayPlan,
} from '../../shared/quarantine-replay/index.ts';
import { putSeparately } from '../entries/put-separately.ts';
import { note } from '../output/print.ts';
import type { Connection } from '../stack/connect.ts';

export interface ReplayProps {
  readonly connection: Pick<Connection, 'bus' | 'busName' | 'now'>;
  readonly admin: Pick<QuarantineAdmin, 'note'>;
  readonly actor: string;
  /** Whether to replay also events that would be rejected again. */
  readonly force: boolean;
  readonly dryRun: boolean;
  /** The text of a corrected event, replayed in place of the one that came. */
  readonly corrected?: string | undefined;
}

export interface Replayed {
  readonly replayed: number;
  /** The number of events that would be rejected again, or that the bus did not accept. */
  readonly refused: number;
}

interface Candidate {
  readonly record: QuarantineRecord;
  readonly entry: PutEventsRequestEntry;
}

/** The most events that are put and noted together. Each may have a megabyte. */
const mostTogether = 10;

/** The fixes of events that would be rejected again, by the code of the rejection. */
const fixes: ReadonlyMap<string, string> = new Map<RejectionCode, string>([
  ['conflicting-content', 'give it an id of its own with --event'],
  ['unmapped', 'correct the mapping and have the tool send it again, or write an event of it with --event'],
  ['missing-changes', 'send the whole records by a webhook, or write an event of it with --event'],
  [
    'merge-with-erased',
    'if they are one person, --erase LEAD_ID requests the erasure of the other; if not, or if both were erased, discard it',
  ],
]);

const formatDoubt = ({ why, code, problems }: Doubt): string => {
  const fix = problems.length === 0 ? fixes.get(code) : undefined;
  return fix === undefined ? why : `${why}: ${fix}`;
};

const formatRefusal = (plan: Exclude<ReplayPlan, { kind: 'put' }>): string => {
  if (plan.kind === 'erased')
    return `not replayed: its text was erased${plan.doubt === undefined ? '' : `; ${formatDoubt(plan.doubt)}`}`;
  const why = formatDoubt(plan.judgement);
  return plan.judgement.kind === 'impossible'
    ? `not replayed, the bus would refuse it: ${why}`
    : `not replayed, it would be rejected again: ${why} (--force replays it anyway)`;
};

const findCandidate = (
  record: QuarantineRecord,
  { connection, corrected, force }: ReplayProps,
): Candidate | undefined => {
  const plan = planReplay(record, { corrected, force, now: connection.now() });
  if (plan.kind === 'put') return { record, entry: plan.judgement.entry };
  note(`${record.id}: ${formatRefusal(plan)}`);
  return undefined;
};

const idNames = { eventId: 'event id', leadId: 'lead' } as const;

/** Warns if a corrected event has another id or lead: the ledger can't know that the two are one event. */
export const noteOtherIds = (record: QuarantinedEvent, corrected: string): void => {
  for (const { field, from, to } of findChangedIds(record, corrected))
    note(`${record.id}: the ${idNames[field]} changes from ${from} to ${to}`);
};

const noteReplayed = async (
  { connection, admin, actor, corrected }: ReplayProps,
  { record }: Candidate,
): Promise<void> => {
  const noted = await noteReplay(admin, record, { actor, corrected, now: connection.now() });
  if (noted === 'came-again') note(`${record.id}: replayed, but it has come again meanwhile and stays open`);
};

const put = async (props: ReplayProps, candidates: readonly Candidate[]): Promise<number> => {
  if (props.dryRun || candidates.length === 0) {
    for (const { record } of candidates) note(`${record.id}: would be replayed`);
    return candidates.length;
  }
  const refused = await putSeparately(
    props.connection,
    candidates.map(({ entry }) => entry),
  );
  for (const [index, candidate] of candidates.entries()) {
    const why = refused.get(index);
    if (why === undefined) await noteReplayed(props, candidate);
    else note(`${candidate.record.id}: not replayed: ${why}`);
  }
  return candidates.length - refused.size;
};

/** Puts quarantined events on the bus again, except those that would be rejected again. */
export const replayEvents = async (
  props: ReplayProps,
  records: AsyncIterable<QuarantineRecord>,
): Promise<Replayed> => {
  let seen = 0;
  let replayed = 0;
  let waiting: Candidate[] = [];
  const flush = async () => {
    const candidates = waiting;
    waiting = [];
    replayed += await put(props, candidates);
  };
  for await (const record of records) {
    seen++;
    const candidate = findCandidate(record, props);
    if (candidate !== undefined && waiting.push(candidate) >= mostTogether) await flush();
  }
  await flush();
  return { replayed, refused: seen - replayed };
};
