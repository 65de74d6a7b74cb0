import { describe, expect, it } from 'vitest';
import {
  type FailureSource,
  findFailureSources,
  listFailureSources,
} from '../../../cli/dlq/failure-sources.ts';
import { depthRecord, formatDepths } from '../../../cli/dlq/format-depths.ts';
import { formatRedriveResult } from '../../../cli/dlq/format-redrive-result.ts';
import { render } from '../../../cli/output/render.ts';
import type { Connection } from '../../../cli/stack/connect.ts';

const outputs: Record<string, string> = {
  ScoreLeadsQueueUrl: 'q',
  ScoreLeadsDeadLettersUrl: 'q-dead',
  ScoreLeadsUndeliverableUrl: 'q-undelivered',
  FailedRecordsBucketName: 'bucket',
  PublishChangesFunctionName: 'publish',
  LeadsTableName: 'leads',
};
const connectionTo = (known: Record<string, string>) => {
  const output = (name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`no ${name}`);
    return value;
  };
  return { outputs: known, output } as Connection;
};
const sources = listFailureSources(connectionTo(outputs));
const [dead, , failedRecords] = sources as [FailureSource, FailureSource, FailureSource];

describe('the failure sources', () => {
  it('are every dead-letter queue with its source, and the bucket with its function', () => {
    expect(sources).toMatchObject([
      { name: 'ScoreLeadsDeadLetters', url: 'q-dead', source: 'ScoreLeadsQueue', sourceUrl: 'q' },
      { name: 'ScoreLeadsUndeliverable', url: 'q-undelivered', source: 'ScoreLeadsQueue', sourceUrl: 'q' },
      { name: 'FailedRecords', bucket: 'bucket', functionName: 'publish' },
    ]);
  });

  it('are not guessed if outputs are missing', () => {
    const { ScoreLeadsQueueUrl: _queue, ...rest } = outputs;
    expect(() => listFailureSources(connectionTo(rest))).toThrow('no ScoreLeadsQueueUrl');
    expect(() => listFailureSources(connectionTo({ FailedRecordsBucketName: 'bucket' }))).toThrow(
      'no ScoreLeadsDeadLettersUrl',
    );
  });

  it('are found by their names', () => {
    expect(findFailureSources(sources, ['FailedRecords', 'FailedRecords'])).toEqual([failedRecords]);
    expect(() => findFailureSources(sources, ['Nobody'])).toThrow(
      'name: given "Nobody"; allowed: ScoreLeadsDeadLetters, ScoreLeadsUndeliverable, FailedRecords',
    );
  });
});

describe('the depths of failure sources', () => {
  const now = Date.parse('2026-03-03T00:00:00.000Z');
  const filled = [
    { failure: dead, depth: { waiting: 3, inFlight: 1, oldestAt: now - 7_300_000 } },
    { failure: failedRecords, depth: { waiting: 0, inFlight: 0 } },
  ];

  it('is a table, or a record for each', () => {
    expect(render([formatDepths(filled, now)])).toEqual([
      'name                   waiting  in flight  oldest  what                                 source',
      'ScoreLeadsDeadLetters        3          1  ≥ 2 h   events that the function gave up     ScoreLeadsQueue',
      'FailedRecords                0          0  –       changes that could not be published  streams of the tables',
    ]);
    expect(filled.map(depthRecord)).toMatchObject([
      { name: 'ScoreLeadsDeadLetters', waiting: 3, inFlight: 1, oldestSeenAt: '2026-03-02T21:58:20.000Z' },
      { name: 'FailedRecords', waiting: 0 },
    ]);
  });

  it('reports what a redrive did, and what is left', () => {
    const none = { moved: 0, failed: 0, left: 0, cameBack: 0, underWay: 0 };
    expect(formatRedriveResult(dead, { ...none, moved: 1 })).toBe(
      'ScoreLeadsDeadLetters: 1 message sent to ScoreLeadsQueue, nothing left.',
    );
    expect(formatRedriveResult(dead, { moved: 5, failed: 1, left: 3, cameBack: 2, underWay: 4 })).toBe(
      'ScoreLeadsDeadLetters: 5 messages sent to ScoreLeadsQueue, 1 failed, 2 came back, 4 still being processed, 3 left.',
    );
    expect(formatRedriveResult(failedRecords, { ...none, moved: 2 })).toBe(
      'FailedRecords: 2 objects published, nothing left.',
    );
  });
});
