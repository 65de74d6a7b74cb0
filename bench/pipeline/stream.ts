import { readFileSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { parseInbound } from '../../events/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';

/** One event on its way to the bus, as in `cli/sample/events.jsonl`. */
export interface SampleEvent {
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: { readonly metadata: object; readonly data: { readonly leadId: string } };
}

/** The events of one lead, in the order of the stream. */
export type History = readonly SampleEvent[];

const isSignal = (type: string): boolean => type !== 'LeadsMerged' && type !== 'LeadErasureRequested';

/**
 * Reads the sample stream by lead, without the events that show rejection and duplicates: each of the remaining events
 * is recorded once.
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

/** Cuts histories to whole fives, so that one event at a time and five at a time are measured on the same events. */
export const inFives = (histories: readonly History[]): History[] =>
  histories
    .map((history) => history.slice(0, history.length - (history.length % 5)))
    .filter(({ length }) => length > 0);

/** Repeats the histories without end, each time with other leads. */
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
  /** The number of leads in a batch. */
  readonly leads: number;
  /** The number of events of each lead in a batch, as long as it has that many. */
  readonly each: number;
}

/**
 * Makes batches as a busy queue delivers them: there are twice as many active leads as a batch has, the two halves take
 * turns, and new leads replace those without further events.
 */
export function* generateBatches(
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

/** Returns a batch in the form in which Lambda passes it to the function that reads the queue. */
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
