import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../../infra/local/function-environment.ts';
import {
  afterInvocation,
  type Batch,
  nextBatchLength,
  type RetryPolicy,
  retryDelay,
  splitExpired,
} from '../../../infra/local/stream-batch.ts';
import { computeLane, type StreamRecord } from '../../../infra/local/stream-record.ts';

const record = (sequence: number, pk = 'a', createdAt = 0): StreamRecord => ({
  eventID: `${sequence}`,
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-1',
  dynamodb: {
    ApproximateCreationDateTime: createdAt,
    Keys: { pk: { S: pk }, sk: { S: 'STATE' } },
    SequenceNumber: `${sequence}`,
    SizeBytes: 100,
    StreamViewType: 'NEW_IMAGE',
  },
});
const batch = (sequences: readonly number[], failures = 0): Batch => ({
  records: sequences.map((sequence) => record(sequence)),
  failures,
});
const policy = (given: Partial<RetryPolicy> = {}): RetryPolicy => ({
  maximumRetryAttempts: 2,
  maximumRecordAgeMs: -1,
  bisect: false,
  reportsFailures: true,
  ...given,
});
const thrown: InvocationResult = {
  ok: false,
  error: { kind: 'handler', name: 'Error', message: 'no', stack: '' },
};
const reported = (...ids: string[]): InvocationResult => ({
  ok: true,
  response: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

describe('a stream batch', () => {
  it('is done when the function succeeds', () => {
    expect(afterInvocation(batch([1, 2]), reported(), policy())).toEqual({ retry: [] });
  });

  it('is retried from the lowest sequence number that is reported', () => {
    const after = afterInvocation(batch([8, 9, 10, 11]), reported('10', '9'), policy());
    expect(after).toEqual({ retry: [batch([9, 10, 11], 1)] });
  });

  it('is retried completely when the function throws or reports a record that is not in it', () => {
    const whole = { retry: [batch([1, 2], 1)] };
    expect(afterInvocation(batch([1, 2]), thrown, policy())).toEqual(whole);
    expect(afterInvocation(batch([1, 2]), reported('7'), policy())).toEqual(whole);
  });

  it('is given up when its retries are used up', () => {
    const after = afterInvocation(batch([1, 2], 2), thrown, policy());
    expect(after).toEqual({ retry: [], abandoned: batch([1, 2], 3) });
  });

  it('is never given up when retries have no limit', () => {
    const after = afterInvocation(batch([1], 99), thrown, policy({ maximumRetryAttempts: -1 }));
    expect(after).toEqual({ retry: [batch([1], 100)] });
  });

  it('is halved on an error, which costs no retry', () => {
    const after = afterInvocation(batch([1, 2, 3], 2), thrown, policy({ bisect: true }));
    expect(after).toEqual({ retry: [batch([1, 2], 2), batch([3], 2)] });
  });

  it('is cut at the reported record, or halved when that is the first', () => {
    const bisect = policy({ bisect: true });
    expect(afterInvocation(batch([1, 2, 3]), reported('2'), bisect)).toEqual({ retry: [batch([2, 3])] });
    expect(afterInvocation(batch([2, 3]), reported('2'), bisect)).toEqual({
      retry: [batch([2]), batch([3])],
    });
  });

  it('sends only its poison records to the failure destination when it is bisected, in order', () => {
    const arbitrary = fc.record({
      size: fc.integer({ min: 1, max: 40 }),
      poison: fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 5 }),
      reports: fc.boolean(),
      maximumRetryAttempts: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ size, poison, reports, maximumRetryAttempts }) => {
        const all = Array.from({ length: size }, (_, index) => index);
        const done: string[] = [];
        const abandoned: string[] = [];
        const pending = [batch(all)];
        for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
          const ids = next.records.map(({ eventID }) => eventID);
          const bad = ids.filter((id) => poison.includes(Number(id)));
          const result = bad.length > 0 && !reports ? thrown : reported(...bad);
          const rules = policy({ bisect: true, reportsFailures: reports, maximumRetryAttempts });
          const after = afterInvocation(next, result, rules);
          const left = new Set([...after.retry, after.abandoned].flatMap((one) => one?.records ?? []));
          done.push(...next.records.filter((one) => !left.has(one)).map(({ eventID }) => eventID));
          abandoned.push(...(after.abandoned?.records ?? []).map(({ eventID }) => eventID));
          pending.unshift(...after.retry);
        }
        expect(done).toEqual(all.filter((id) => !poison.includes(id)).map(String));
        expect(abandoned).toEqual(all.filter((id) => poison.includes(id)).map(String));
      }),
    );
  });

  it('leaves out the records that are too old', () => {
    const records = [record(1, 'a', 10), record(2, 'a', 20), record(3, 'a', 30)];
    const sequences = ({ expired, live }: ReturnType<typeof splitExpired>) =>
      [expired, live].map((part) => part.records.map(({ eventID }) => eventID));
    expect(sequences(splitExpired({ records, failures: 1 }, 5_000, 25_500))).toEqual([['1', '2'], ['3']]);
    expect(sequences(splitExpired({ records, failures: 1 }, 5_000, 99_000))).toEqual([['1', '2', '3'], []]);
    expect(sequences(splitExpired({ records, failures: 1 }, -1, 99_000))).toEqual([[], ['1', '2', '3']]);
  });

  it('holds at most the batch size and one payload, and always one record', () => {
    const heavy = (bytes: number): StreamRecord => {
      const one = record(1);
      return { ...one, dynamodb: { ...one.dynamodb, SizeBytes: bytes } };
    };
    expect(nextBatchLength([heavy(1), heavy(1), heavy(1)], 2)).toBe(2);
    expect(nextBatchLength([heavy(2_000_000), heavy(2_000_000)], 10)).toBe(1);
    expect(nextBatchLength([heavy(9_000_000), heavy(1)], 10)).toBe(1);
    expect(nextBatchLength([], 10)).toBe(0);
  });
});

describe('the wait before a retry', () => {
  it('doubles up to its cap', () => {
    expect([0, 1, 2, 30].map((failures) => retryDelay(failures))).toEqual([50, 100, 200, 10_000]);
    expect(retryDelay(9, 20)).toBe(20);
  });
});

describe('the lane of a record', () => {
  it('depends on the item alone, in whatever order its key is written', () => {
    const one = record(1, 'x');
    const keys = { sk: { S: 'STATE' }, pk: { S: 'x' } };
    const other = { ...record(2), dynamodb: { ...record(2).dynamodb, Keys: keys } };
    expect(computeLane(other, 10)).toBe(computeLane(one, 10));
  });

  it('spreads items over all lanes', () => {
    const lanes = Array.from({ length: 200 }, (_, index) => computeLane(record(index, `lead-${index}`), 4));
    expect(new Set(lanes)).toEqual(new Set([0, 1, 2, 3]));
  });
});
