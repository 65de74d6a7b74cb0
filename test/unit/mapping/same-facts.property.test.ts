import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMapping } from '../../../cli/import/index.ts';
import { compileMapping } from '../../../cli/import/row-events.ts';
import { seeded } from '../../support/seed.ts';
import { now, readPayload } from './read-payload.ts';

type Value = string | number | boolean;

/** The cells of an attribute each, with values that suit and don't. `key` stands for `column` or `path`. */
const cells: readonly { readonly options: object; readonly values: fc.Arbitrary<Value> }[] = [
  { options: {}, values: fc.constantFrom('Zürich', ' São Paulo ', 'N/A', '', 'x') },
  { options: { type: 'string' }, values: fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom('', 'a')) },
  {
    options: { type: 'number', min: 0, max: 1e6, outside: 'omit' },
    values: fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      fc.constantFrom('12', 'many'),
    ),
  },
  {
    options: { type: 'number', decimal: ',', thousands: '.' },
    values: fc.constantFrom('1.250,5', '€ 3', '(7)', '1,5', 'x', ''),
  },
  { options: { type: 'boolean' }, values: fc.oneof(fc.boolean(), fc.constantFrom(0, 1, 2, 'Yes', 'no', '')) },
  { options: { type: 'list', separator: '|' }, values: fc.constantFrom('a|b| c', '|', 'a', '') },
  { options: { take: 'domain' }, values: fc.constantFrom('a@b.example', 'https://www.b.example/x', 'x') },
  {
    options: { take: 'email-type', otherwise: 'omit' },
    values: fc.constantFrom('a@gmail.com', 'a@b.example', 'x', ''),
  },
  {
    options: { values: { yes: 'approved', '1': 'one', true: 'so' }, otherwise: { fixed: 'other' } },
    values: fc.oneof(fc.boolean(), fc.constantFrom(1, 2, 'YES', ' yes', '')),
  },
  {
    options: { words: { executive: ['CEO', 'vice president'], manager: ['manager'] } },
    values: fc.constantFrom('Vice-President', 'CEO & manager', 'Doctor', 'N/A'),
  },
  { options: { values: { a: 'x' }, blank: ['none'] }, values: fc.constantFrom('A', 'None', 'b', '') },
];

const dates = fc.constantFrom('01.03.2026 09:30', '31.02.2026 00:00', '29.03.2020 02:30', '');
const at = { format: 'dd.MM.yyyy HH:mm', timeZone: 'Europe/Berlin' };

const buildMapping = (key: 'column' | 'path') => ({
  source: 'shop',
  leadId: { [key]: 'id', prefix: 'x:', unsafe: 'escape' },
  blank: ['N/A'],
  events: [
    {
      type: 'LeadProfileUpdated',
      at: { [key]: 'at', ...at },
      attributes: Object.fromEntries(
        cells.map(({ options }, i) => [`a${i}`, { [key]: `c${i}`, ...options }]),
      ),
    },
    {
      type: 'LeadStageChanged',
      at: { [key]: 'at', ...at },
      when: [
        { [key]: 'c0', not: 'x' },
        { [key]: 'c4', filled: true },
      ],
      stage: { [key]: 'c8', values: { yes: 'mql', true: 'sql' }, otherwise: 'omit' },
    },
  ],
});

const columns = ['id', 'at', ...cells.map((_, i) => `c${i}`)];
const readRow = (() => {
  const compiled = compileMapping(
    parseMapping(JSON.stringify(buildMapping('column')), 'mapping'),
    { main: columns, joined: [] },
    () => now,
  );
  if (!compiled.ok) throw new Error('the mapping fits no columns');
  return compiled.read;
})();
const payloadMapping = buildMapping('path');

const record = fc.record({
  id: fc.constantFrom('l-1', 'auth0|5', ''),
  at: dates,
  values: fc.tuple(...cells.map(({ values }) => values)),
});

it('I17: the same values give the same facts as a row of a file and as a payload of a webhook', () => {
  let accepted = 0;
  fc.assert(
    fc.property(record, ({ id, at: date, values }) => {
      const row = readRow({ cells: [id, date, ...values.map(String)], joined: [] });
      const payload = Object.fromEntries(columns.map((name, i) => [name, [id, date, ...values][i]]));
      const reading = readPayload(payloadMapping, payload);
      const saidByRow = row.ok
        ? row.entries.map(({ 'detail-type': type, detail }) => ({
            type,
            at: detail.metadata.occurredAt,
            data: detail.data,
          }))
        : row.problems.map(({ path }) => path);
      const saidByPayload = reading.ok
        ? reading.events.map(({ type, occurredAt, data }) => ({
            type,
            at: occurredAt,
            data: { leadId: reading.lead.leadId, ...data },
          }))
        : reading.problems.map(({ path }) => path);
      // Of a payload that says nothing nobody asks whose it is.
      if (reading.ok && reading.events.length === 0 && !row.ok) return;
      accepted += row.ok ? 1 : 0;
      expect(new Set<unknown>(saidByPayload)).toEqual(new Set<unknown>(saidByRow));
    }),
    seeded(),
  );
  expect(accepted).toBeGreaterThan(0);
});
