import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canonical, measureItem, UnreadableItemError } from '../../../shared/dynamodb/index.ts';
import { evolve } from '../../../shared/lead/index.ts';
import { parseLead, stateItem } from '../../../shared/ledger/index.ts';
import { dueAttributes } from '../../../shared/ledger/state-items.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';

const head = Buffer.alloc(32).toString('base64');
const buildState = (attributes: Record<string, string>) => ({
  leadId: 'l-1',
  version: 1,
  facts: evolve(noFacts, buildSignal({ type: 'LeadProfileUpdated', data: { attributes } })),
  stage: 'lead' as const,
  status: 'active' as const,
  tier: 'good' as const,
  score: 61,
  coverage: 0.5,
  dimensions: { fit: 61 },
  modelVersion: 'small@1',
  action: { kind: 'none' as const },
});
const large = buildState(
  Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`attribute${i}`, `value ${i}`])),
);

describe('the facts of a stored state', () => {
  it('are readable if they fit into a kilobyte', () => {
    expect(stateItem(buildState({ industry: 'software' })).facts?.S).toContain('"industry"');
  });

  it('are packed if they would cost another write unit, and are the same when read', () => {
    const item = stateItem(large, head);
    expect(item.facts?.B).toBeInstanceOf(Uint8Array);
    expect(measureItem(item)).toBeLessThan(1_024);
    expect(parseLead(item)).toEqual({ ...large, head });
  });

  it('are read as earlier versions have stored them, deflated', () => {
    const item = stateItem(large, head);
    const facts = { B: deflateRawSync(canonical(large.facts)) };
    expect(parseLead({ ...item, facts })).toEqual({ ...large, head });
    expect(facts.B.byteLength).toBeGreaterThan(item.facts?.B?.byteLength ?? 0);
  });

  it('leave room for the due time, which is no part of the fold', () => {
    const due = dueAttributes('LEAD#lead-1', { dueAt: Date.parse('2026-03-01T10:00:00Z') }, 0);
    const unpackedSizes = Array.from({ length: 60 }, (_, length) =>
      stateItem(buildState({ industry: 'x'.repeat(200), jobTitle: 'y'.repeat(200 + length * 5) }), head),
    )
      .filter(({ facts }) => facts?.S !== undefined)
      .map((item) => measureItem({ ...item, ...due }));
    expect(unpackedSizes.length).toBeGreaterThan(0);
    expect(unpackedSizes.length).toBeLessThan(60);
    expect(Math.max(...unpackedSizes)).toBeLessThanOrEqual(1_024);
    expect(measureItem(due)).toBe(50);
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, 20)],
    ['garbage', () => Buffer.from('garbage')],
  ])('are refused if they are %s, without quoting them', (_, spoil) => {
    const item = stateItem(large, head);
    const spoilt = { ...item, facts: { B: spoil(item.facts?.B as Uint8Array) } };
    expect(() => parseLead(spoilt)).toThrow(UnreadableItemError);
    expect(() => parseLead(spoilt)).toThrow('item STATE has no readable attribute facts');
  });
});
