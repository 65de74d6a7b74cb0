import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inboundContracts, limits, outboundContracts, parseInbound } from '../../../events/index.ts';
import { now } from '../../support/events.ts';
import { history } from '../../support/histories.ts';
import { seeded } from '../../support/seed.ts';

const samples = Object.values(inboundContracts).map(({ sampleEvent }) => sampleEvent);

/** Values that JSON can express and a generator of JSON values leaves out. */
const odd = fc.constantFrom<unknown>(
  '\ud800',
  { '\udc00': 1 },
  JSON.parse('{"__proto__":{"a":1}}'),
  JSON.parse('1e999'),
  JSON.parse('-0'),
);

const anyJson = fc.oneof(
  { weight: 5, arbitrary: fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }) },
  { weight: 1, arbitrary: odd },
);

const listPaths = (value: unknown, path: readonly string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [[...path], ...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]))]
    : [[...path]];

const replaceAt = (value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown =>
  key === undefined
    ? put
    : { ...(value as object), [key]: replaceAt((value as Record<string, unknown>)[key], rest, put) };

/** A valid event with another value in one place, which is closer to the limits than random values are. */
const nearlyGood = fc
  .record({ sample: fc.constantFrom(...samples), at: fc.nat(), put: anyJson })
  .map(({ sample, at, put }) => {
    const paths = listPaths(sample);
    return replaceAt(sample, paths[at % paths.length] ?? [], put);
  });

describe('parseInbound', () => {
  it('never throws, whatever the JSON, and gives a reason for each rejection', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, nearlyGood), (given) => {
        const parsed = parseInbound(given, now);
        if (parsed.ok) return;
        expect(parsed.rejection.problems.length).toBeGreaterThan(0);
        for (const { path, given: shown, allowed } of parsed.rejection.problems)
          expect([path, shown, allowed].every((text) => text !== '' && text.isWellFormed())).toBe(true);
      }),
      seeded(),
    );
  });

  it('does not change the content of an accepted event, except for the instant in milliseconds', () => {
    fc.assert(
      fc.property(history, (entries) => {
        for (const { source, 'detail-type': type, detail } of entries)
          expect(parseInbound({ source, 'detail-type': type, detail }, now)).toEqual({
            ok: true,
            event: { type, source, ...detail },
          });
      }),
      seeded(),
    );
  });

  it('gives a reason that does not grow with the value given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 100_000 }), (length) => {
        const long = 'y'.repeat(length);
        const entry = replaceAt(inboundContracts.LeadsMerged.sampleEvent, ['detail', 'data', long], long);
        const parsed = parseInbound(entry, now);
        const lengths = parsed.ok ? [] : parsed.rejection.problems.map((one) => JSON.stringify(one).length);
        expect(lengths.length).toBe(1);
        expect(Math.max(...lengths)).toBeLessThan(400);
      }),
      { ...seeded(), numRuns: 50 },
    );
  });
});

describe('a contract', () => {
  it.each(Object.values(inboundContracts).map((c) => [c.detailType, c] as const))(
    '%s accepts its own sample',
    (type, { sampleEvent }) => {
      const at = Date.parse(sampleEvent.detail.metadata.occurredAt);
      expect(parseInbound(sampleEvent, at)).toMatchObject({ ok: true, event: { type } });
      expect(parseInbound(sampleEvent, at - limits.clockSkewMs - 1)).toMatchObject({ ok: false });
    },
  );

  it('of an announcement is never taken in', () => {
    for (const { sampleEvent } of Object.values(outboundContracts))
      expect(parseInbound(sampleEvent, now)).toMatchObject({
        ok: false,
        rejection: { code: 'unknown-type' },
      });
  });
});
