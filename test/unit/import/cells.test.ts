import { describe, expect, it } from 'vitest';
import { useSandbox } from './sandbox.ts';

const { imported, run } = useSandbox();

const withCell = (cell: object) => ({
  source: 'crm',
  leadId: 'id',
  occurredAt: 'date',
  events: [{ type: 'LeadProfileUpdated', attributes: { value: { column: 'value', ...cell } } }],
});
const toCsv = (text: string) => `id,date,value\n1,2026-03-01,"${text.replaceAll('"', '""')}"\n`;

/** Returns the attribute that a cell becomes; the first reason, if the row is bad. */
const readCell = async (cell: object, text: string) => {
  const { entries, rejects } = await imported(withCell(cell), toCsv(text));
  if (rejects.length > 0) return rejects[0]?.reasons[0];
  return (entries[0]?.detail.data.attributes as Record<string, unknown> | undefined)?.value;
};

const seniority = {
  words: {
    executive: ['CEO', 'CTO', 'chief', 'vice president', 'founder'],
    director: ['director', 'head of'],
    manager: ['manager'],
  },
};

describe('a value by words', () => {
  it.each([
    ['CTO', 'executive'],
    ['cto, EMEA', 'executive'],
    ['C.T.O.', 'executive'],
    ['Co-Founder & CEO', 'executive'],
    ['Vice-President Sales', 'executive'],
    ['Head  of\nMarketing', 'director'],
    ['Product Manager, Vice President', 'executive'],
    ['Director of Sales', 'director'],
    ['Doctor', undefined],
    ['Contractor', undefined],
    ['Directorate', undefined],
    ['President, vice chair', undefined],
  ])('%j is %s: whole words alone count, and the first value that has one', async (title, value) => {
    expect(await readCell(seniority, title)).toBe(value);
  });

  it('can be one for all other texts, or a reason to reject the row', async () => {
    expect(await readCell({ ...seniority, otherwise: { fixed: 'staff' } }, 'Doctor')).toBe('staff');
    expect(await readCell({ ...seniority, otherwise: 'keep' }, 'Doctor')).toBe('Doctor');
    expect(await readCell({ ...seniority, otherwise: 'reject' }, 'Doctor')).toMatchObject({
      path: 'value',
      given: '"Doctor"',
      allowed: expect.stringContaining('CEO, CTO, chief'),
    });
    expect(await readCell({ ...seniority, otherwise: { fixed: 'staff' } }, '')).toBeUndefined();
  });

  it.each([
    ['a text without a word', { words: { a: [' – '] } }, 'a word'],
    ['no words', { words: { a: [] } }, 'at least 1'],
    [
      'a value that has no order in JSON',
      { words: { b: ['b'], 1: ['a'] } },
      'a text that is no whole number',
    ],
    ['two tables', { words: { a: ['a'] }, values: { a: 'a' } }, 'either "values" or "words"'],
  ])('is refused with %s', async (_, cell, allowed) => {
    await expect(run(withCell(cell), toCsv('x'))).rejects.toThrow(allowed);
  });
});

describe('a part of a text', () => {
  it.each([
    ['domain', 'Anna.Berg@Example.COM', 'example.com'],
    ['domain', 'Anna Berg <anna@example.com>', 'example.com'],
    ['domain', 'https://www.example.co.uk/about?x=1', 'example.co.uk'],
    ['domain', 'www.example.com:8080', 'example.com'],
    ['domain', 'jörg@müller.example', 'müller.example'],
    ['email-type', 'anna@example.com', 'business'],
    ['email-type', 'anna@GMAIL.com', 'private'],
    ['email-type', 'anna@web.de', 'private'],
  ])('%s of %s is %s', async (take, text, value) => {
    expect(await readCell({ take }, text)).toBe(value);
  });

  it.each([
    ['domain', 'unknown'],
    ['domain', 'anna@localhost'],
    ['email-type', 'https://example.com'],
  ])('%s of %s is none, and what then is for the mapping to say', async (take, text) => {
    expect(await readCell({ take }, text)).toMatchObject({ path: 'value', given: JSON.stringify(text) });
    expect(await readCell({ take, otherwise: 'omit' }, text)).toBeUndefined();
    expect(await readCell({ take, otherwise: { fixed: 'none' } }, text)).toBe('none');
  });

  it('is looked up in the table', async () => {
    const table = { take: 'domain', values: { 'Example.com': 'key account' }, otherwise: { fixed: 'other' } };
    expect(await readCell(table, 'anna@example.com')).toBe('key account');
    expect(await readCell(table, 'anna@example.org')).toBe('other');
  });
});

describe('a table of values', () => {
  const values = { 'Closed Won': 'won', Café: 'coffee' };

  it.each([
    ['closed won', 'won'],
    ['  CLOSED WON ', 'won'],
    ['CAFE\u0301', 'coffee'],
  ])('finds %j', async (text, value) => {
    expect(await readCell({ values }, text)).toBe(value);
  });

  it('does not have two values for one text', async () => {
    const twice = withCell({ values: { US: 'a', ' us': 'b' } });
    await expect(run(twice, toCsv('US'))).rejects.toThrow('a text that differs from "US" by more than case');
  });

  it('may leave other texts out of an event, or the event out of the row', async () => {
    const stage = { column: 'value', values: { Customer: 'customer' }, otherwise: 'omit' };
    const { entries, rejects, summary } = await imported(
      { ...withCell({}), events: [{ type: 'LeadStageChanged', stage }] },
      'id,date,value\n1,2026-03-01,Customer\n2,2026-03-01,Evangelist\n',
    );
    expect(entries.map(({ detail }) => detail.data)).toEqual([{ leadId: '1', stage: 'customer' }]);
    expect(rejects).toEqual([]);
    expect(summary.rowsWithoutEvents).toBe(1);
  });

  it('compares blank texts as it does its own', async () => {
    expect(await readCell({ values, blank: ['N/A'] }, 'n/a')).toBeUndefined();
  });
});

describe('a number in a mapping', () => {
  it.each(['\u00a0', '\u202f', ' '])(
    'reads every white space if its sign of thousands is %j',
    async (thousands) => {
      expect(await readCell({ type: 'number', thousands }, '1\u2009250')).toBe(1250);
    },
  );

  it('leaves signs of currency and per cent out, or those alone that the mapping names', async () => {
    expect(await readCell({ type: 'number', thousands: ',' }, '$4,500.00')).toBe(4500);
    expect(await readCell({ type: 'number' }, '45%')).toBe(45);
    expect(await readCell({ type: 'number', signs: ['€'] }, '€45')).toBe(45);
    expect(await readCell({ type: 'number', signs: ['€'] }, '$45')).toMatchObject({ given: '"$45"' });
  });

  it('is refused rather than changed', async () => {
    expect(await readCell({ type: 'number' }, '9007199254740993')).toMatchObject({
      given: '"9007199254740993"',
      allowed: expect.stringContaining('at most 15 digits'),
    });
    expect(await readCell({}, '9007199254740993')).toBe('9007199254740993');
  });

  it('has no names from the prototype of objects among its words', async () => {
    expect(await readCell({ type: 'boolean' }, 'constructor')).toMatchObject({ given: '"constructor"' });
    expect(await readCell({ values: { a: 'b' }, otherwise: 'keep' }, '__proto__')).toBe('__proto__');
  });
});

describe('a date in a mapping', () => {
  const events = [{ type: 'LeadActivityRecorded', activity: { fixed: 'a' } }];
  const read = async (occurredAt: object, text: string) => {
    const mapping = { source: 'crm', leadId: 'id', occurredAt: { column: 'value', ...occurredAt }, events };
    const { entries, rejects } = await imported(mapping, toCsv(text));
    return entries[0]?.time ?? rejects[0]?.reasons[0]?.allowed;
  };

  it('has the language and the century that the mapping says', async () => {
    const german = { format: 'd. MMMM yyyy', locale: 'de', timeZone: 'Europe/Berlin' };
    expect(await read(german, '3. März 2025')).toBe('2025-03-02T23:00:00Z');
    expect(await read({ format: 'dd-MM-yy' }, '20-10-16')).toBe('2016-10-20T00:00:00Z');
    expect(await read({ format: 'dd-MM-yy', pivot: 70 }, '20-10-69')).toMatch(/not more than|ahead/);
  });

  it('says what forms its format has', async () => {
    expect(await read({}, '3/4/2025')).toBe(
      'a date that exists, written as iso, such as 2025-04-28, 2025-04-28 14:05, 2025-04-28T14:05:30.123Z or 2025-04-28 14:05:30+02',
    );
    expect(await read({ format: 'excel-serial' }, 'May')).toMatch(/such as 45775 or 45775\.587$/);
  });

  it.each([
    [{ locale: 'xx' }, 'the tag of a language'],
    [{ locale: 'not a tag' }, 'the tag of a language'],
    [{ pivot: 1970 }, 'at most 99'],
    [{ asOf: true }, 'one of "column", "fixed" and "asOf"'],
  ])('is refused with %j', async (options, allowed) => {
    await expect(read(options, '2025-01-01')).rejects.toThrow(allowed);
  });
});
