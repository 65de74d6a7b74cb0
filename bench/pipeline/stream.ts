import { readFileSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { parseInbound } from '../../events/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';

/** As in `cli/sample/events.jsonl`: one event on its way to the bus. */
export interface SampleEvent {
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: { readonly metadata: object; readonly data: { readonly leadId: string } };
}

/** The events of one lead, in the order of the stream. */
export type History = readonly SampleEvent[];

const isSignal = (type: string): boolean => type !== 'LeadsMerged' && type !== 'LeadErasureRequested';

/**
 * The sample stream by lead, without what is there to show how events are rejected or dropped: what remains is
 * recorded, each event once.
 */
export const readSample = (): History[] => {
  const lines = readFileSync(new URL('../../cli/sample/events.jsonl', import.meta.url), 'utf8').split('\n');
  const byLead = new Map<string, SampleEvent[]>();
  const seen = new Set<string>();
  for (const line of lines.filter((text) => text !== '')) {
    const entry = JSON.parse(line);
    const parsed = parseInbound(entry, Date.now());
    if (!parsed.ok || !isSignal(parsed.event.type)) continue;
    const { leadId } = parsed.event.data;
    const key = `${leadId} ${entrySortKey(parsed.event)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    byLead.set(leadId, [...(byLead.get(leadId) ?? []), entry]);
  }
  return [...byLead.values()];
};

/** Histories cut to whole fives, so that one event at a time and five at a time can be told of the same events. */
export const inFives = (histories: readonly History[]): History[] =>
  histories
    .map((history) => history.slice(0, history.length - (history.length % 5)))
    .filter(({ length }) => length > 0);

/** The histories again and again, each time of other leads. */
export function* repeated(histories: readonly History[]): Generator<History> {
  for (let copy = 0; ; copy++) {
    for (const history of histories) {
      yield history.map((event) => {
        const { metadata, data } = event.detail;
        return { ...event, detail: { metadata, data: { ...data, leadId: `${data.leadId}.${copy}` } } };
      });
    }
  }
}

export interface BatchProps {
  /** Leads in a batch. */
  readonly leads: number;
  /** Events of each lead in a batch, as long as it has that many. */
  readonly each: number;
}

/**
 * Batches as a busy queue hands them over: of twice as many leads as a batch holds, half take turns with the other
 * half, and new leads come in for those that have no more to tell.
 */
export function* batchesOf(
  histories: Iterable<History>,
  { leads, each }: BatchProps,
): Generator<SampleEvent[]> {
  const source = histories[Symbol.iterator]();
  const active: History[] = [];
  for (;;) {
    while (active.length < 2 * leads) {
      const next = source.next();
      if (next.done) break;
      active.push(next.value);
    }
    const turn = active.splice(0, leads);
    if (turn.length === 0) return;
    active.push(...turn.map((history) => history.slice(each)).filter(({ length }) => length > 0));
    yield turn.flatMap((history) => history.slice(0, each));
  }
}

let deliveries = 0;

/** A batch as Lambda hands it to the function that reads the queue. */
export const toSqsEvent = (events: readonly SampleEvent[]): SQSEvent => ({
  Records: events.map((event) => {
    const messageId = `message-${deliveries++}`;
    return {
      messageId,
      receiptHandle: messageId,
      body: JSON.stringify({
        version: '0',
        id: messageId,
        ...event,
        account: '000000000000',
        region: 'eu-central-1',
        resources: [],
      }),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1772355600000',
        SenderId: 'events',
        ApproximateFirstReceiveTimestamp: '1772355600000',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:events',
      awsRegion: 'eu-central-1',
    };
  }),
});
