import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileDateFormat, type DateOptions } from '../../../shared/mapping/date-format.ts';

const readWith = (format: string, text: string, options: DateOptions): string | undefined => {
  const at = compileDateFormat(format, options)?.read(text);
  return at === undefined ? undefined : new Date(at).toISOString();
};
const read = (format: string, text: string, timeZone = 'UTC'): string | undefined =>
  readWith(format, text, { timeZone });

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
    ['iso', '2018-02-01 10:00:05,25', '2018-02-01T10:00:05.250Z'],
    ['iso', '2018-02-01T10', '2018-02-01T10:00:00.000Z'],
    ['iso', '20180201T100005Z', '2018-02-01T10:00:05.000Z'],
    ['iso', '2018-032', '2018-02-01T00:00:00.000Z'],
    ['iso', '2018-W05-4', '2018-02-01T00:00:00.000Z'],
    ['iso', '2018W054T1000', '2018-02-01T10:00:00.000Z'],
    ['iso', '2020-W53-7', '2021-01-03T00:00:00.000Z'],
    ['iso', '2018-02-01 10:00:05.123456+00', '2018-02-01T10:00:05.123Z'],
    ['iso', '2018-02-01 10:00:05+02', '2018-02-01T08:00:05.000Z'],
    ['iso', '2018-02-01 10:00:05-08', '2018-02-01T18:00:05.000Z'],
    ['iso', '2018-02-01 10:00:05.123456 UTC', '2018-02-01T10:00:05.123Z'],
    ['iso', '2018-02-01 10:00:05 +0530', '2018-02-01T04:30:05.000Z'],
    ['iso', '2018-02-01T10:00:05\u221203:30', '2018-02-01T13:30:05.000Z'],
    ['iso', '2018-02-01T10:00:05+01:00[Europe/Berlin]', '2018-02-01T09:00:05.000Z'],
    ['iso', `2018-02-01T10:00:05.${'9'.repeat(60)}Z`, '2018-02-01T10:00:05.999Z'],
    ['iso', '2018-02-01\u202f10:00', '2018-02-01T10:00:00.000Z'],
    ['iso', '2018-02-01T10:00:00-0330', '2018-02-01T13:30:00.000Z'],
    ['dd MMM, yyyy HH:mm:ss', '01 Feb, 2018 03:04:05', '2018-02-01T03:04:05.000Z'],
    ['dd-MMM-yyyy', '01-FEB-2018', '2018-02-01T00:00:00.000Z'],
    ['dd-MMM-yy', '31-Dec-19', '2019-12-31T00:00:00.000Z'],
    ['d MMM yyyy', '1 Sept. 2018', '2018-09-01T00:00:00.000Z'],
    ['MMMM d, yyyy', 'february 1, 2018', '2018-02-01T00:00:00.000Z'],
    ['MMMM d, yyyy', 'Feb 1, 2018', '2018-02-01T00:00:00.000Z'],
    ['ddMMMyyyy', '01Feb2018', '2018-02-01T00:00:00.000Z'],
    ['EEE, dd MMM yyyy HH:mm:ss Z', 'Thu, 01 Feb 2018 10:00:00 +0200', '2018-02-01T08:00:00.000Z'],
    ['dd/MMM/yyyy:HH:mm:ss Z', '01/Feb/2018:10:00:00 -0500', '2018-02-01T15:00:00.000Z'],
    ['yyyy-MM-dd HH:mm:ss.S', '2018-02-01 03:04:05.6', '2018-02-01T03:04:05.600Z'],
    ['yyyy-MM-dd HH:mm:ss.S', '2018-02-01 03:04:05.6789012', '2018-02-01T03:04:05.678Z'],
    ['M/d/yyyy, h:mm:ss a', '2/1/2018, 2:10:22\u202fPM', '2018-02-01T14:10:22.000Z'],
    ['M/d/yyyy h:mm a', '2/1/2018\u00a02:10 p.m.', '2018-02-01T14:10:00.000Z'],
    ['yyyy年M月d日', '2018年2月1日', '2018-02-01T00:00:00.000Z'],
    ['excel-serial', '43132', '2018-02-01T00:00:00.000Z'],
    ['excel-serial', '43132.5', '2018-02-01T12:00:00.000Z'],
    ['excel-serial', '43132,333333333336', '2018-02-01T08:00:00.000Z'],
    ['excel-serial-1904', '41670.25', '2018-02-01T06:00:00.000Z'],
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
    ['iso', '2018-366'],
    ['iso', '2018-W53-1'],
    ['iso', '2018'],
    ['iso', '2018-02'],
    ['iso', '2018-02-01T10:00 CET'],
    ['iso', '2018-02-01 UTC'],
    ['iso', '2018-02-01T10:00+2'],
    ['d MMM yyyy', '31 Feb 2018'],
    ['d MMM yyyy', '1 Fe 2018'],
    ['d MMM yyyy', '1 Fbr 2018'],
    ['d MMM yyyy', '1 Ma 2018'],
    ['d MMM yyyy', '1 2 2018'],
    ['dd-MM-yy', '01-02-2018'],
    ['excel-serial', '43132.5.1'],
    ['excel-serial', '-5'],
    ['excel-serial', '2018-02-01'],
    ['iso', '2018-02-01T24:00'],
    ['iso', '2018-02-01T10:00+15:00'],
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
    'DD-MM-YYYY',
    'dd-MM-yyyy dd',
    'dd-MM-yyyy hh:mm',
    'dd-MM-yyyy HH:mm a',
    'dd-MM-yyyy HH h a',
    'dd-MM-yyyy mm',
    'dd-MM-yyyy HH:ss',
    'dd-MM-yyyy Z',
    'dd-MMMMM-yyyy',
    'dd-MM-yyyy yy',
    'MM-MMM-yyyy',
    'DDD',
    'ISO',
    'epoch',
  ])('"%s" makes no sense', (format) => {
    expect(compileDateFormat(format)).toBeUndefined();
  });

  it.each([
    ['d MMM yyyy', 'fr', '3 févr. 2025', '2025-02-03'],
    ['d MMM yyyy', 'fr', '3 FEVR 2025', '2025-02-03'],
    ['d MMMM yyyy', 'fr', '3 août 2025', '2025-08-03'],
    ['d. MMMM yyyy', 'de', '3. März 2025', '2025-03-03'],
    ['d. MMM yyyy', 'de', '3. Mai 2025', '2025-05-03'],
    ['d MMM yyyy', 'de', '3 December 2025', '2025-12-03'],
    ["d 'de' MMMM 'de' yyyy", 'es', '3 de enero de 2025', '2025-01-03'],
    ['d MMMM yyyy', 'ru', '3 апреля 2025', '2025-04-03'],
    ['d MMMM yyyy', 'pl', '3 maja 2025', '2025-05-03'],
    // The third letter of Finnish November is that of English March.
    ['d MMM yyyy', 'fi', '3 mar 2025', '2025-11-03'],
  ])('%s reads the months of %s: %s', (format, locale, text, day) => {
    expect(readWith(format, text, { locale })).toBe(`${day}T00:00:00.000Z`);
  });

  it('does not read the beginning of a month that could be another', () => {
    expect(readWith('d MMM yyyy', '3 jui 2025', { locale: 'fr' })).toBeUndefined();
  });

  it.each([
    [undefined, '00', '2000'],
    [undefined, '99', '2099'],
    [70, '70', '1970'],
    [70, '99', '1999'],
    [70, '00', '2000'],
    [70, '69', '2069'],
  ])('with the pivot %s reads the year %s as %s', (pivot, year, whole) => {
    expect(readWith('dd.MM.yy', `01.02.${year}`, { pivot })).toBe(`${whole}-02-01T00:00:00.000Z`);
  });

  it.each([
    ['dd MMM, yyyy HH:mm:ss', {}, '28 Apr, 2025 14:05:30'],
    ['d. MMMM yy', { locale: 'de' }, '28. April 25'],
    ["M/d/yyyy 'at' h:mm a", {}, '4/28/2025 at 2:05 PM'],
  ])('%s has an example that it reads', (format, options, example) => {
    const compiled = compileDateFormat(format, options);
    expect(compiled?.example).toBe(example);
    expect(compiled?.read(example)).toBeDefined();
  });

  it('reads an Excel serial in its time zone', () => {
    expect(read('excel-serial', '45834.5', 'Europe/Berlin')).toBe('2025-06-26T10:00:00.000Z');
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
