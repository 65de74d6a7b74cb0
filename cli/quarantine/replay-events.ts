import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  extractReadable,
  type QuarantineAdmin,
  type QuarantinedEvent,
  type QuarantineRecord,
} from '../../shared/quarantine/index.ts';
import { putSeparately } from '../entries/put-separately.ts';
import { note } from '../output/print.ts';
import type { Connection } from '../stack/connect.ts';
import { judgeReplay, lastingReasons, type ReplayJudgement } from './judge-replay.ts';

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

const refusal = (judgement: Exclude<ReplayJudgement, { kind: 'ready' }>): string =>
  judgement.kind === 'impossible'
    ? `not replayed, the bus would refuse it: ${judgement.why}`
    : `not replayed, it would be rejected again: ${judgement.why} (--force replays it anyway)`;

const findCandidate = (
  record: QuarantineRecord,
  { connection, corrected, force }: ReplayProps,
): Candidate | undefined => {
  const text = record.status === 'erased' ? undefined : (corrected ?? record.body);
  if (text === undefined) {
    const why = record.status === 'open' ? lastingReasons.get(record.code) : undefined;
    note(`${record.id}: not replayed: its text was erased${why === undefined ? '' : `; ${why}`}`);
    return undefined;
  }
  const judgement = judgeReplay(text, corrected === undefined ? record.code : undefined, connection.now());
  if (judgement.kind === 'ready' || (judgement.kind === 'doubtful' && force))
    return { record, entry: judgement.entry };
  note(`${record.id}: ${refusal(judgement)}`);
  return undefined;
};

/** Warns if a corrected event has another id or lead: the ledger can't know that the two are one event. */
export const noteOtherIds = (record: QuarantinedEvent, corrected: string): void => {
  const { rejectedEventId, leadId } = extractReadable(corrected);
  const warn = (what: string, from: string | undefined, to: string | undefined) => {
    if (from !== undefined && to !== from) note(`${record.id}: the ${what} changes from ${from} to ${to}`);
  };
  warn('event id', record.eventId, rejectedEventId);
  warn('lead', record.leadId, leadId);
};

/**
 * Notes a replay after the bus has accepted the event. After a crash in between the event is still open, and replaying
 * it twice does no harm.
 */
const noteReplayed = async (
  { connection, admin, actor, corrected }: ReplayProps,
  { record }: Candidate,
): Promise<void> => {
  const at = new Date(connection.now()).toISOString();
  const step = corrected === undefined ? ('replayed' as const) : ('corrected' as const);
  const noted = await admin.note(record.id, { step, actor, at, corrected, times: record.times });
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
