import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInbound, parseInstant, showProblem } from '../../../events/index.ts';
import { buildEntry, now } from '../../support/events.ts';
import { seeded } from '../../support/seed.ts';

const nine = '2025-11-29T09:20:00.000Z';
const iso = (text: string): string | undefined => {
  const at = parseInstant(text);
  return at === undefined ? undefined : new Date(at).toISOString();
};

/** Returns the `occurredAt` of an event as it is parsed, or the reason of its rejection. */
const parsed = (occurredAt: unknown): string => {
  const result = parseInbound(
    buildEntry({ type: 'LeadActivityRecorded', data: { activity: 'x' }, at: occurredAt as string }),
    now,
  );
  return result.ok
    ? result.event.metadata.occurredAt
    : result.rejection.problems.map(showProblem).join(' || ');
};

describe('an instant', () => {
  it.each([
    '2025-11-29T09:20:00Z',
    '2025-11-29T09:20Z',
    '2025-11-29t09:20:00z',
    '2025-11-29 09:20:00+00',
    '2025-11-29T10:20:00+01:00',
    '2025-11-29T10:20:00+0100',
    '2025-11-29T10:20+01',
    '2025-11-29T04:20:00,0-05:00',
    '2025-11-29T14:50:00+05:30',
    '2025-11-29T05:35:00-0345',
    '2025-11-29T09:20:00-00:00',
    '2025-11-30T00:20:00.000000000+15:00',
    '2025-11-29T09:20:00.0009999Z',
  ])('is the same in every spelling: %s', (text) => expect(iso(text)).toBe(nine));

  it.each([
    ['2025-12-31T23:59:59.9-01:00', '2026-01-01T00:59:59.900Z'],
    ['2024-02-29T00:30:00+01:00', '2024-02-28T23:30:00.000Z'],
    ['2025-03-01T00:00:00.12345+00:01', '2025-02-28T23:59:00.123Z'],
  ])('crosses the bounds of days, months and years: %s', (text, utc) => expect(iso(text)).toBe(utc));

  it.each([
    '2025-11-29',
    '2025-11-29T09:20:00',
    '2025-11-29T24:00:00Z',
    '2025-11-29T25:00:00Z',
    '2025-11-29T09:60:00Z',
    '2025-11-29T09:20:60Z',
    '2025-02-30T09:20:00Z',
    '2025-02-29T09:20:00Z',
    '2025-13-01T09:20:00Z',
    '2025-00-10T09:20:00Z',
    '2025-11-29T09:20:00+25:00',
    '2025-11-29T09:20:00+01:60',
    '2025-11-29T09:20:00+1',
    '2025-11-29T09:20:00+1:00',
    '2025-11-29T09:20:00 +01:00',
    '2025-11-29T09:20:00.Z',
    '2025-11-29T09Z',
    '25-11-29T09:20:00Z',
    '2025-11-29T09:20:00Z ',
    '2025-11-29T09:20:00ZZ',
    '+002025-11-29T09:20:00Z',
    '2025-11-29T09:20:00\u221201:00',
    '２025-11-29T09:20:00Z',
    '2025-333T09:20:00Z',
    '1764408000',
    'now',
    '',
  ])('is none that does not exist, or has no offset: %j', (text) =>
    expect(parseInstant(text)).toBeUndefined(),
  );

  it('reads what any offset writes', () => {
    const { seed, numRuns } = seeded();
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (date, minutes) => {
          const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
          const two = (number: number) => String(number).padStart(2, '0');
          const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
          expect(parseInstant(`${local}${minutes < 0 ? '-' : '+'}${two(h)}:${two(m)}`)).toBe(date.getTime());
        },
      ),
      { seed, numRuns },
    );
  });
});

describe('the instant of an event', () => {
  it.each(['2025-11-29T10:20:00+01:00', '2025-11-29T09:20:00+0000', '2025-11-29t09:20z'])(
    'is normalised, so that two spellings are one key of the ledger: %s',
    (given) => expect(parsed(given)).toBe(nine),
  );

  it.each([
    ['2025-11-29T09:20:00', "with its offset from UTC, which this one doesn't say"],
    ['2025-11-29', "with its offset from UTC, which this one doesn't say"],
    ['2025-02-30T09:20:00+01:00', 'allowed: an instant in ISO 8601 with its offset from UTC'],
    ['2025-11-29T09:20:00+25:00', 'allowed: an instant in ISO 8601 with its offset from UTC'],
    ['yesterday', 'allowed: an instant in ISO 8601 with its offset from UTC'],
    [1764408000, 'allowed: an instant in ISO 8601 with its offset from UTC'],
    ['2000-01-01T00:59:59+01:00', 'allowed: not before 2000-01-01T00:00:00.000Z'],
    ['0000-01-01T00:00:00+01:00', 'allowed: an instant of the years 0000 to 9999'],
    ['9999-12-31T23:59:59-01:00', 'allowed: an instant of the years 0000 to 9999'],
    ['2999-12-31T10:00:00+01:00', 'allowed: at most 5 minutes ahead of now'],
  ])('is refused once, with what is allowed: %j', (given, allowed) => {
    expect(parsed(given)).toContain(`detail.metadata.occurredAt: given ${JSON.stringify(given)}; `);
    expect(parsed(given)).toContain(allowed);
    expect(parsed(given)).not.toContain(' || ');
  });
});
