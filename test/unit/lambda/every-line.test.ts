import { beforeAll, describe, expect, it } from 'vitest';
import { type Line, observe } from './observed-lines.ts';

let lines: Line[] = [];
beforeAll(async () => {
  lines = (await observe('observed-metrics.ts')).lines.filter(({ level }) => level !== undefined);
});

const named = ({ correlationId, correlationIds = [] }: Line): readonly string[] =>
  correlationId === undefined ? correlationIds : [correlationId];

/** The lines of functions that no event triggers, and of requests, of which each has an id of its own. */
const ofRequests = ['request answered', 'request failed', 'webhook answered'];
const withoutEvent = [
  'heads anchored',
  'clock advanced',
  'funnel recounted',
  'leads rescored',
  'drift checked',
  ...ofRequests,
];

describe('every line that a function writes', () => {
  it('belongs to a function, and each function writes some', () => {
    expect(new Set(lines.map(({ message }) => message))).toEqual(
      new Set([
        'an erasure was announced, but the lead is not erased; nothing was removed',
        'batch scored',
        'changes announced',
        'the bus did not take all announcements',
        'records processed',
        'lead erased',
        'identities erased',
        'an erasure was announced, but the lead is not erased; no identity was removed',
        'canary sent',
        'canary returned',
        'canary returned late',
        ...withoutEvent,
      ]),
    );
  });

  it('names its correlations, if it has any', () => {
    const about = lines.filter(({ message }) => !withoutEvent.includes(message ?? ''));
    expect(about.filter((line) => named(line).length === 0)).toEqual([]);
    for (const id of about.flatMap(named)) expect(id).toMatch(/^[0-9a-f]{12}$/);
  });

  it('names the id of the request that the caller was told, if it is about one', () => {
    const about = lines.filter(({ message }) => ofRequests.includes(message ?? ''));
    expect(about.length).toBeGreaterThan(0);
    for (const { requestId } of about) expect(requestId).toBe('request-1');
  });

  it('has the same reference for an event from the bus to the consumer of its announcement', () => {
    const [sent] = lines.filter(({ message }) => message === 'canary sent').flatMap(named);
    for (const message of ['batch scored', 'changes announced', 'canary returned', 'records processed']) {
      const found = lines.filter((line) => line.message === message && named(line).includes(sent ?? ''));
      expect([message, found.length > 0]).toEqual([message, true]);
    }
  });
});
