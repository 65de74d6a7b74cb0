import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { compileDateFormat } from '../../../shared/mapping/index.ts';
import { seeded } from '../../support/seed.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
];

/** Local times near changes of clocks, of which most are, and all others. */
const locals = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) }),
  fc
    .tuple(
      fc.integer({ min: 2000, max: 2037 }),
      fc.constantFrom(1, 2, 3, 8, 9, 10),
      fc.integer({ min: 0, max: 44_640 }),
    )
    .map(([year, month, minutes]) => Date.UTC(year, month, 1) + minutes * 60_000),
);

it('a local time is the instant that luxon, an outside judge, finds for it in a zone', () => {
  fc.assert(
    fc.property(locals, fc.constantFrom(...zones), (local, timeZone) => {
      const text = new Date(local).toISOString().slice(0, -1);
      const judged = DateTime.fromISO(text, { zone: 'utc' })
        .setZone(timeZone, { keepLocalTime: true })
        .getPossibleOffsets()[0];
      expect(compileDateFormat('iso', { timeZone })?.read(text)).toBe(judged?.toMillis());
    }),
    seeded(),
  );
});
