import { describe, expect, it } from 'vitest';
import { Bus } from '../../../infra/local/bus.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import type { DeliveredEvent, PutEventsEntry } from '../../../infra/local/put-events.ts';
import { Queue } from '../../../infra/local/queue.ts';

const entry: PutEventsEntry = {
  EventBusName: 'leads',
  Source: 'web',
  DetailType: 'LeadActivityRecorded',
  Detail: '{"data":{"leadId":"l-1"}}',
};

const setUp = () => {
  const queue = new Queue({ name: 'q', arn: 'arn:aws:sqs:r:0:q', visibilityTimeoutMs: 0 });
  const seen: DeliveredEvent[] = [];
  const bus = new Bus({
    buses: ['leads'],
    denials: [],
    rules: [{ bus: 'leads', matches: compilePattern({ source: ['web'] }), targets: [queue] }],
    onEvent: (event) => seen.push(event),
  });
  const put = (...entries: unknown[]) => bus.putEvents(entries, Date.parse('2026-03-01T09:00:00.750Z'));
  return { queue, seen, put };
};

describe('the event bus', () => {
  it('sends the event with its envelope to the queues of the rules that match', () => {
    const { queue, put, seen } = setUp();
    const { FailedEntryCount, Entries } = put(entry, { ...entry, Source: 'crm' });
    expect(FailedEntryCount).toBe(0);
    expect(seen).toHaveLength(2);
    expect(queue.messages().map(({ body }) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: (Entries[0] as { EventId: string }).EventId,
        'detail-type': 'LeadActivityRecorded',
        source: 'web',
        account: '000000000000',
        time: '2026-03-01T09:00:00Z',
        region: 'us-east-1',
        resources: [],
        detail: { data: { leadId: 'l-1' } },
      },
    ]);
  });

  it('accepts the time of the entry in seconds or as a date', () => {
    const { seen, put } = setUp();
    put({ ...entry, Time: 1_700_000_000.9 }, { ...entry, Time: new Date(0) });
    expect(seen.map(({ time }) => time)).toEqual(['2023-11-14T22:13:20Z', '1970-01-01T00:00:00Z']);
  });

  it('accepts the ARN of a bus as its name', () => {
    const { put } = setUp();
    const arn = 'arn:aws:events:us-east-1:000000000000:event-bus/leads';
    expect(put({ ...entry, EventBusName: arn }).FailedEntryCount).toBe(0);
  });

  it.each([
    ['InvalidArgument', { Source: undefined }],
    ['InvalidArgument', { DetailType: '' }],
    ['InvalidArgument', { Detail: undefined }],
    ['InvalidArgument', { Time: 'yesterday' }],
    ['MalformedDetail', { Detail: '{' }],
    ['MalformedDetail', { Detail: '[1]' }],
    ['MalformedDetail', { Detail: 'null' }],
    ['MalformedDetail', { Detail: `{"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}` }],
    ['MalformedDetail', { Detail: `{"a":${'['.repeat(1_099)}${']'.repeat(1_099)}}` }],
    ['InvalidArgument', { Time: [[1]] }],
    ['NotAuthorizedForSourceException', { Source: 'aws.s3' }],
    ['NotAuthorizedForSourceException', { Source: 'aws.partner/segment.com/x' }],
    ['ResourceNotFoundException', { EventBusName: 'other' }],
    ['ResourceNotFoundException', { EventBusName: undefined }],
  ])('refuses an entry alone: %s for %j', (code, change) => {
    const { put, queue } = setUp();
    const { FailedEntryCount, Entries } = put({ ...entry, ...change }, entry);
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toEqual([
      { ErrorCode: code, ErrorMessage: expect.any(String) },
      { EventId: expect.any(String) },
    ]);
    expect(queue.messages()).toHaveLength(1);
  });

  it.each([
    ['no entries', []],
    ['more than 10 entries', Array.from({ length: 11 }, () => entry)],
    ['an entry over 1 MB', [{ ...entry, Detail: JSON.stringify({ text: 'x'.repeat(1_048_576) }) }]],
    ['an entry that is no object', [null]],
    ['a source that is no text', [{ ...entry, Source: ['web'] }]],
    [
      'resources nested thousands deep',
      [{ ...entry, Resources: JSON.parse('['.repeat(9_000) + ']'.repeat(9_000)) }],
    ],
  ])('refuses the request with %s', (_, entries) => {
    const { put, queue } = setUp();
    expect(() => put(...entries)).toThrow(expect.objectContaining({ type: 'ValidationException' }));
    expect(queue.isEmpty()).toBe(true);
  });

  it.each([
    '{"seats":9007199254740993}',
    '{ "seats" : 1.0, "seats": 2 }',
    `{"a":${'['.repeat(1_098)}${']'.repeat(1_098)}}`,
  ])(
    'delivers the detail as it was sent, also what would be another value if it was written again: %#',
    (Detail) => {
      const { put, queue } = setUp();
      expect(put({ ...entry, Detail }).FailedEntryCount).toBe(0);
      expect(queue.messages()[0]?.body.endsWith(`,"detail":${Detail}}`)).toBe(true);
    },
  );

  it('accepts an entry of exactly 1 MB', () => {
    const { put } = setUp();
    const around = 'web'.length + 'LeadActivityRecorded'.length + '{"t":""}'.length;
    const Detail = JSON.stringify({ t: 'x'.repeat(1_048_576 - around) });
    expect(put({ ...entry, Detail }).FailedEntryCount).toBe(0);
  });
});
