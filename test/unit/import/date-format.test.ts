import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileDateFormat } from '../../../cli/import/date-format.ts';

const read = (format: string, text: string, timeZone = 'UTC'): string | undefined => {
  const at = compileDateFormat(format, timeZone)?.(text);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('a date format', () => {
  it.each([
    ['dd-MM-yyyy', '01-02-2018', '2018-02-01T00:00:00.000Z'],
    ['dd-MM-yyyy HH:mm', '26-02-2018 19:58', '2018-02-26T19:58:00.000Z'],
    ['d.M.yyyy', '1.2.2018', '2018-02-01T00:00:00.000Z'],
    ['M/d/yyyy h:mm a', '2/1/2018 12:05 am', '2018-02-01T00:05:00.000Z'],
    ['M/d/yyyy h:mm a', '2/1/2018 12:05 PM', '2018-02-01T12:05:00.000Z'],
    ['MM/dd/yyyy hh:mm a', '02/01/2018 07:05 PM', '2018-02-01T19:05:00.000Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS", '2018-02-01T03:04:05.678', '2018-02-01T03:04:05.678Z'],
    ['yyyyMMdd', '20200229', '2020-02-29T00:00:00.000Z'],
    ["dd.MM.yyyy 'um' H 'Uhr'", '01.02.2018 um 9 Uhr', '2018-02-01T09:00:00.000Z'],
    ["dd.MM.yyyy 'um' H 'Uhr'", '01.02.2018 UM 9 uhr', '2018-02-01T09:00:00.000Z'],
    ["dd'MM'yyyy.MM", '01MM2018.02', '2018-02-01T00:00:00.000Z'],
    ["dd/MM/''yyyy", '01/02/2018', '2018-02-01T00:00:00.000Z'],
    ["dd/MM/'yyyy", "01/02/'2018", '2018-02-01T00:00:00.000Z'],
    ['iso', '2018-02-01', '2018-02-01T00:00:00.000Z'],
    ['iso', '2018-02-01T10:00', '2018-02-01T10:00:00.000Z'],
    ['iso', '2018-02-01 10:00:05', '2018-02-01T10:00:05.000Z'],
    ['iso', '2018-02-01T10:00:05.1234567Z', '2018-02-01T10:00:05.123Z'],
    ['iso', '2018-02-01T10:00:00+02:00', '2018-02-01T08:00:00.000Z'],
    ['iso', '2018-02-01T10:00:00-0330', '2018-02-01T13:30:00.000Z'],
    ['epoch-seconds', '1517443200', '2018-02-01T00:00:00.000Z'],
    ['epoch-milliseconds', '1517443200123', '2018-02-01T00:00:00.123Z'],
  ])('%s reads %s', (format, text, instant) => {
    expect(read(format, text)).toBe(instant);
  });

  it.each([
    ['dd-MM-yyyy', '31-02-2018'],
    ['dd-MM-yyyy', '29-02-2019'],
    ['dd-MM-yyyy', '00-01-2018'],
    ['dd-MM-yyyy', '01-13-2018'],
    ['dd-MM-yyyy', '1-2-2018'],
    ['dd-MM-yyyy', '01-02-18'],
    ['dd-MM-yyyy', '01/02/2018'],
    ['dd-MM-yyyy', '01-02-2018 10:00'],
    ['dd-MM-yyyy', ' 01-02-2018'],
    ['dd.MM.yyyy', '01-02-2018'],
    ['dd-MM-yyyy HH:mm', '01-02-2018 24:00'],
    ['yyyyMMddHH', '2018020124'],
    ['dd-MM-yyyy HH:mm', '01-02-2018 10:60'],
    ['dd-MM-yyyy h:mm a', '01-02-2018 13:00 PM'],
    ['dd-MM-yyyy h:mm a', '01-02-2018 0:00 AM'],
    ['iso', '2018-02-30'],
    ['iso', '2018-02-01T10'],
    ['iso', '2018-02-01T24:00'],
    ['iso', '2018-02-01T10:00+15:00'],
    ['iso', '2018-W05-4'],
    ['iso', '20180201'],
    ['iso', '2018-02-01T10:00+99:00'],
    ['iso', '01-02-2018'],
    ['epoch-seconds', '1517443200.5'],
    ['epoch-seconds', '-1'],
    ['epoch-milliseconds', '1e12'],
  ])('%s does not read %s', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  it.each([
    '',
    'dd-MM',
    'dd-MM-yy',
    'DD-MM-YYYY',
    'dd-MM-yyyy dd',
    'dd-MM-yyyy hh:mm',
    'dd-MM-yyyy HH:mm a',
    'dd-MM-yyyy HH h a',
    'dd-MM-yyyy mm',
    'dd-MM-yyyy HH:ss',
    'dd-MMM-yyyy',
    'DDD',
    'ISO',
    'epoch',
  ])('"%s" makes no sense', (format) => {
    expect(compileDateFormat(format, 'UTC')).toBeUndefined();
  });

  it('reads back every instant that it can spell', () => {
    const digits = (value: number, width = 2) => String(value).padStart(width, '0');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const day = `${digits(date.getUTCDate())}.${digits(date.getUTCMonth() + 1)}.${digits(date.getUTCFullYear(), 4)}`;
          const time = `${digits(date.getUTCHours())}:${digits(date.getUTCMinutes())}:${digits(date.getUTCSeconds())}`;
          const text = `${day} ${time},${digits(date.getUTCMilliseconds(), 3)}`;
          expect(read('dd.MM.yyyy HH:mm:ss,SSS', text)).toBe(date.toISOString());
          expect(read('iso', date.toISOString(), 'Asia/Kolkata')).toBe(date.toISOString());
        },
      ),
    );
  });
});

describe('a time zone', () => {
  const format = 'yyyy-MM-dd HH:mm';
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['Europe/Berlin', '2026-01-15 12:00', '2026-01-15T11:00:00.000Z'],
    ['Europe/Berlin', '2026-07-15 12:00', '2026-07-15T10:00:00.000Z'],
    ['America/Sao_Paulo', '2018-06-01 00:00', '2018-06-01T03:00:00.000Z'],
    ['Asia/Kolkata', '2026-01-15 12:00', '2026-01-15T06:30:00.000Z'],
    ['America/New_York', '2026-03-08 01:59', '2026-03-08T06:59:00.000Z'],
    ['America/New_York', '2026-03-08 03:00', '2026-03-08T07:00:00.000Z'],
  ])('%s at %s', (timeZone, text, instant) => {
    expect(read(format, text, timeZone)).toBe(instant);
  });

  it('takes the earlier of two instants when the clocks were put back', () => {
    expect(read(format, '2026-10-25 02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(read(format, '2026-10-25 03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('moves on a time that was left out when the clocks were put forward', () => {
    expect(read(format, '2026-03-29 02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    // The day began at one o'clock.
    expect(read('yyyy-MM-dd', '2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
  });

  it.each(['2026-01-15', '2026-07-15'])(
    'is the same whether an import runs in winter or summer, on %s',
    (today) => {
      vi.useFakeTimers({ now: new Date(today), toFake: ['Date'] });
      for (const [zone, text, instant] of [
        ['Europe/Berlin', '2025-10-26 02:30', '2025-10-26T00:30:00.000Z'],
        ['Europe/Berlin', '2025-03-30 02:30', '2025-03-30T01:30:00.000Z'],
        ['America/New_York', '2025-11-02 01:30', '2025-11-02T05:30:00.000Z'],
        ['Australia/Lord_Howe', '2025-04-06 01:45', '2025-04-05T14:45:00.000Z'],
        // It has left the offsets of that time since.
        ['America/Scoresbysund', '2010-10-30 23:00', '2010-10-30T23:00:00.000Z'],
        // A whole day was left out.
        ['Pacific/Apia', '2011-12-30 12:00', '2011-12-30T22:00:00.000Z'],
      ] as const) {
        expect(read(format, text, zone)).toBe(instant);
        expect(read('iso', text, zone)).toBe(instant);
      }
    },
  );

  it('gives way to an offset in the text, also for the second of two instants', () => {
    expect(read('iso', '2026-10-25T02:30+02:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('iso', '2026-10-25T02:30+01:00', 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z');
    expect(read('iso', '2026-10-25T02:30Z', 'Europe/Berlin')).toBe('2026-10-25T02:30:00.000Z');
  });
});
