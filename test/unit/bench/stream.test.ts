import { describe, expect, it } from 'vitest';
import {
  generateBatches,
  type History,
  inFives,
  readSample,
  repeated,
} from '../../../bench/pipeline/stream.ts';

const buildHistory = (leadId: string, events: number): History =>
  Array.from({ length: events }, (_, i) => ({
    'detail-type': 'LeadActivityRecorded',
    time: '2026-03-01T09:00:00Z',
    detail: { metadata: { eventId: `${leadId}-${i}` }, data: { leadId } },
  }));

const listIds = (batches: Iterable<History>): string[] =>
  [...batches].map((batch) =>
    batch.map(({ detail }) => (detail.metadata as { eventId: string }).eventId).join(' '),
  );

describe('batches', () => {
  it('hold as many events of a lead as asked for, no lead twice, each lead in its order', () => {
    const histories = [buildHistory('a', 3), buildHistory('b', 1), buildHistory('c', 2)];
    expect(listIds(generateBatches(histories, { leads: 2, each: 1 }))).toEqual([
      'a-0 b-0',
      'c-0 a-1',
      'c-1 a-2',
    ]);
    expect(listIds(generateBatches(histories, { leads: 2, each: 2 }))).toEqual([
      'a-0 a-1 b-0',
      'c-0 c-1 a-2',
    ]);
  });

  it('hold every event once', () => {
    const histories = Array.from({ length: 30 }, (_, i) => buildHistory(`l${i}`, 1 + (i % 7)));
    const ids = listIds(generateBatches(histories, { leads: 4, each: 1 })).flatMap((batch) =>
      batch.split(' '),
    );
    expect(ids.toSorted()).toEqual(
      listIds(histories)
        .flatMap((batch) => batch.split(' '))
        .toSorted(),
    );
  });
});

describe('histories', () => {
  it('in fives hold whole fives from the beginning', () => {
    const fives = inFives([buildHistory('a', 4), buildHistory('b', 5), buildHistory('c', 12)]);
    expect(fives.map(({ length }) => length)).toEqual([5, 10]);
  });

  it('that are repeated are those of other leads', () => {
    const leads = repeated([buildHistory('a', 1), buildHistory('b', 1)]);
    const next = () => leads.next().value?.[0]?.detail.data.leadId;
    expect([next(), next(), next(), next()]).toEqual(['a.0', 'b.0', 'a.1', 'b.1']);
  });

  it('of the sample are there', () => {
    expect(readSample().length).toBeGreaterThan(100);
  });
});
