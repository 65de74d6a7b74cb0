import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Health, judgeOverall, listFindings } from '../../../console/pages/health/findings.ts';

const asOf = '2026-03-10T09:00:00.000Z';

/** A deployment of which everything is known and nothing is wrong. */
const well: Health = {
  asOf,
  clock: { doneUntil: '2026-03-10T08:00:00.000Z', due: 0, more: false, waitingSince: null, lagSeconds: 0 },
  quarantine: { open: 0, codes: {}, more: false },
  deadLetters: [{ queue: 'ScoreLeadsDeadLetters', of: 'ScoreLeads', kind: 'dead-letters', messages: 0 }],
  sources: [],
  deliveries: [],
  anchors: {
    last: { at: '2026-03-10T02:00:00.000Z', leads: 10, parts: 1 },
    verification: { result: 'verified', manifests: 2, parts: 1, problems: [] },
  },
  rescoring: {
    revision: 1,
    modelVersion: 'm@1',
    actions: 'all',
    status: 'done',
    pass: 2,
    passStartedAt: asOf,
    requestedAt: asOf,
    writeUnitsPerSecond: 500,
  },
};

const source: NonNullable<Health['sources']>[number] = {
  source: 'crm',
  kind: 'hubspot',
  lastReceivedAt: '2026-03-10T08:00:00.000Z',
  lastTakenAt: '2026-03-10T08:00:00.000Z',
  requests: 3,
  accepted: 3,
  refused: [],
  silent: false,
};

const subscription: NonNullable<Health['deliveries']>[number] = {
  subscription: 'sales-slack',
  kind: 'slack',
  state: 'sending',
  waiting: 4,
  more: false,
  failed: 0,
  moreFailed: false,
  lastDeliveredAt: null,
  lastFailure: null,
  failures: 0,
  heldUntil: null,
  pausedBecause: null,
  pausedAt: null,
};

const kindsOf = (change: Partial<Health>): string[] =>
  listFindings({ ...well, ...change }).map(({ kind, weight }) => `${kind} ${weight}`);

describe('the findings of the page Health', () => {
  it('has none if everything is known and nothing is wrong', () => {
    expect(listFindings(well)).toEqual([]);
    expect(judgeOverall([])).toBe('well');
  });

  it.each(['clock', 'quarantine', 'sources', 'deliveries', 'anchors', 'rescoring'] as const)(
    'shows %s as not known, and all as not well, if it could not be found out',
    (area) => {
      const findings = listFindings({ ...well, [area]: null });
      expect(findings).toEqual([{ area, kind: 'unknown', weight: 'unknown' }]);
      expect(judgeOverall(findings)).toBe('unknown');
    },
  );

  it.each<[string, Partial<Health>, string]>([
    ['open rejected events', { quarantine: { open: 2, codes: {}, more: false } }, 'quarantine-open wrong'],
    [
      'a queue with messages',
      { deadLetters: [{ queue: 'HandOffUndeliverable', of: 'HandOff', kind: 'undeliverable', messages: 1 }] },
      'undeliverable wrong',
    ],
    [
      'a queue that SQS did not count',
      {
        deadLetters: [
          { queue: 'HandOffUndeliverable', of: 'HandOff', kind: 'undeliverable', messages: null },
        ],
      },
      'queue-unknown unknown',
    ],
    ['a silent source', { sources: [{ ...source, silent: true }] }, 'source-silent wrong'],
    [
      'a source whose last request was refused',
      { sources: [{ ...source, refused: [{ reason: 'signature', count: 1, lastAt: asOf }] }] },
      'source-refusing wrong',
    ],
    [
      'a paused subscription',
      { deliveries: [{ ...subscription, state: 'paused' }] },
      'delivery-paused wrong',
    ],
    ['a held subscription', { deliveries: [{ ...subscription, state: 'held' }] }, 'delivery-held wrong'],
    [
      'a clock that has not run for two and a half hours',
      { clock: { ...well.clock, doneUntil: '2026-03-10T06:29:00.000Z' } as Health['clock'] },
      'clock-stopped wrong',
    ],
    [
      'something that is due for more than half an hour',
      { clock: { ...well.clock, lagSeconds: 1_801 } as Health['clock'] },
      'clock-behind wrong',
    ],
    [
      'an anchor of more than 26 hours ago',
      {
        anchors: {
          ...well.anchors,
          last: { at: '2026-03-09T06:59:00.000Z', leads: 1, parts: 1 },
        } as Health['anchors'],
      },
      'anchors-old wrong',
    ],
    [
      'an anchor that differs from what was written',
      {
        anchors: {
          ...well.anchors,
          verification: { result: 'broken', manifests: 1, parts: 0, problems: ['x'] },
        } as Health['anchors'],
      },
      'anchors-broken wrong',
    ],
    [
      'an anchor that could not be compared',
      { anchors: { ...well.anchors, verification: null } as Health['anchors'] },
      'anchors-unverified unknown',
    ],
  ])('names %s', (_, change, finding) => {
    expect(kindsOf(change)).toEqual([finding]);
  });

  it('does not call a source wrong that took something in after the last refusal', () => {
    const refused = [{ reason: 'signature', count: 1, lastAt: '2026-03-10T07:00:00.000Z' }];
    expect(kindsOf({ sources: [{ ...source, refused }] })).toEqual([]);
  });

  it('remarks that nothing was anchored yet, without calling it wrong', () => {
    expect(kindsOf({ anchors: { last: null, verification: null } })).toEqual(['anchors-none remark']);
  });

  it('names only sections that the runbook has', () => {
    const kinds = ['dead-letters', 'undeliverable', 'missed-runs', 'unreadable'] as const;
    const parts = ['AnchorHeads', 'RecountFunnel', 'RescoreLeads', 'SendCanary'];
    const all = listFindings({
      ...well,
      quarantine: { open: 1, codes: {}, more: true },
      clock: { doneUntil: null, due: 0, more: false, waitingSince: null, lagSeconds: 0 },
      deadLetters: kinds.flatMap((kind) =>
        parts.map((of) => ({ queue: `${of}Queue`, of, kind, messages: 1 })),
      ),
      sources: [{ ...source, silent: true }],
      deliveries: [{ ...subscription, state: 'failing' }],
      anchors: { last: { at: '2026-03-01T00:00:00.000Z', leads: 1, parts: 1 }, verification: null },
    });
    const runbook = readFileSync('docs/runbook.md', 'utf8').split('\n');
    for (const { section } of all) expect(runbook).toContain(`## ${section}`);
  });
});
