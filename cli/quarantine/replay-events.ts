import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type QuarantineAdmin, type QuarantineRecord, readableOf } from '../../shared/quarantine/index.ts';
import { putSeparately } from '../entries/put-separately.ts';
import type { Connection } from '../stack/connect.ts';
import { note } from '../text/note.ts';
import { type Judgement, judge } from './judge.ts';

export interface ReplayProps {
  readonly connection: Pick<Connection, 'bus' | 'busName'>;
  readonly admin: Pick<QuarantineAdmin, 'note'>;
  readonly actor: string;
  /** Replays also what would be rejected again. */
  readonly force: boolean;
  readonly dryRun: boolean;
  /** The text of an event that goes in the place of the one that came. */
  readonly corrected?: string | undefined;
}

export interface Replayed {
  readonly replayed: number;
  /** Those that would be rejected again, or that the bus did not take. */
  readonly refused: number;
}

interface Candidate {
  readonly record: QuarantineRecord;
  readonly entry: PutEventsRequestEntry;
}

/** Events that are read, put and noted together. Each may have a megabyte. */
const mostTogether = 10;

const refusal = (judgement: Exclude<Judgement, { kind: 'ready' }>): string =>
  judgement.kind === 'impossible'
    ? `not replayed, nobody would receive it: ${judgement.why}`
    : `not replayed, it would be rejected again: ${judgement.why} (--force replays it all the same)`;

const candidateOf = (record: QuarantineRecord, { corrected, force }: ReplayProps): Candidate | undefined => {
  const text = record.status === 'erased' ? undefined : (corrected ?? record.body);
  if (text === undefined) {
    note(`${record.id}: not replayed: its text was erased`);
    return undefined;
  }
  const judgement = judge(text, corrected === undefined ? record.code : undefined, Date.now());
  if (judgement.kind === 'ready' || (judgement.kind === 'doubtful' && force))
    return { record, entry: judgement.entry };
  note(`${record.id}: ${refusal(judgement)}`);
  return undefined;
};

/** Warns if a corrected event has another id or lead: the ledger can't know that the two are one event. */
const noteOtherIds = (record: QuarantineRecord, corrected: string): void => {
  const { rejectedEventId, leadId } = readableOf(corrected);
  const say = (what: string, from: string | undefined, to: string | undefined) => {
    if (from !== undefined && to !== from) note(`${record.id}: the ${what} changes from ${from} to ${to}`);
  };
  say('event id', record.eventId, rejectedEventId);
  say('lead', record.leadId, leadId);
};

/** Notes a replay, after the bus accepted the event: without the note the event is open, and replaying it twice does no harm. */
const noteReplayed = async (
  { admin, actor, corrected }: ReplayProps,
  { record }: Candidate,
): Promise<void> => {
  const at = new Date().toISOString();
  const step = corrected === undefined ? ('replayed' as const) : ('corrected' as const);
  const noted = await admin.note(record.id, { step, actor, at, corrected, times: record.times });
  if (noted === 'came-again') note(`${record.id}: replayed, but it has come again meanwhile and stays open`);
};

const put = async (props: ReplayProps, candidates: readonly Candidate[]): Promise<number> => {
  if (props.dryRun || candidates.length === 0) {
    for (const { record } of candidates) note(`${record.id}: would be replayed`);
    return candidates.length;
  }
  const notTaken = await putSeparately(
    props.connection,
    candidates.map(({ entry }) => entry),
  );
  for (const [index, candidate] of candidates.entries()) {
    const why = notTaken.get(index);
    if (why === undefined) await noteReplayed(props, candidate);
    else note(`${candidate.record.id}: not replayed: ${why}`);
  }
  return candidates.length - notTaken.size;
};

/** Puts quarantined events on the bus again, those that would not be rejected again at once. */
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
    if (props.corrected !== undefined) noteOtherIds(record, props.corrected);
    const candidate = candidateOf(record, props);
    if (candidate !== undefined && waiting.push(candidate) >= mostTogether) await flush();
  }
  await flush();
  return { replayed, refused: seen - replayed };
};
