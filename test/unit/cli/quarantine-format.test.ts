import { describe, expect, it } from 'vitest';
import { printable } from '../../../cli/output/printable.ts';
import { render } from '../../../cli/output/render.ts';
import { buildFilter, dayOrInstant } from '../../../cli/quarantine/filters.ts';
import { formatListRow, listHeading } from '../../../cli/quarantine/format-list.ts';
import { formatRecord as formatLines } from '../../../cli/quarantine/format-record.ts';
import type { QuarantineRecord } from '../../../shared/quarantine/index.ts';

const formatRecord = (...given: Parameters<typeof formatLines>): string[] => render(formatLines(...given));

const record: QuarantineRecord = {
  id: '82a1bbffc0ee5a714938e0daac7c69ba',
  status: 'open',
  code: 'malformed',
  reasons: ['detail.data.stage: given "prospect"; allowed: lead', 'detail.data.x: given 1; allowed: no'],
  times: 2,
  receivedAt: '2026-03-01T09:00:00.000Z',
  lastReceivedAt: '2026-03-02T10:30:00.000Z',
  expiresAt: '2026-08-29T10:30:00.000Z',
  origin: 'crm.jsonl:3',
  leadId: 'l-1',
  type: 'LeadStageChanged',
  source: 'crm',
  eventId: 'e-1',
  bytes: 343,
  body: '{"detail":{"stage":"prospect"}}',
  steps: [],
};

describe('the list of quarantined events', () => {
  it('has a line for each, with columns that stand below each other', () => {
    expect([listHeading, formatListRow(record)]).toEqual([
      'id            last came         times  status     code                 type                  lead                  first reason',
      '82a1bbffc0ee  2026-03-02 10:30  2      open       malformed            LeadStageChanged      l-1                   detail.data.stage: given "prospect"; allowed: lead',
    ]);
  });

  it('shows a dash for what could not be read, and cuts what is too long', () => {
    const { type: _type, leadId: _lead, ...unread } = record;
    expect(formatListRow({ ...unread, reasons: [] })).toMatch(/malformed {12}– {21}– {21}–$/);
    expect(formatListRow({ ...record, leadId: 'l'.repeat(40) })).toContain(` ${'l'.repeat(19)}…  detail`);
  });

  it('lets no event control the terminal, or break its line', () => {
    const hostile = formatListRow({ ...record, leadId: '\u001b[2J', reasons: ['a\nb\rc'] });
    expect(printable(hostile)).toContain('�[2J');
    expect(printable(hostile)).toContain('a�b�c');
  });
});

describe('a quarantined event for people', () => {
  it('shows why it was rejected, when, how often and from where it came, and the event', () => {
    expect(formatRecord(record).join('\n')).toBe(`82a1bbffc0ee5a714938e0daac7c69ba
  status    open
  code      malformed
  lead      l-1
  type      LeadStageChanged
  source    crm
  event id  e-1
  came      2 times, first 2026-03-01T09:00:00.000Z, last 2026-03-02T10:30:00.000Z
  from      crm.jsonl:3
  size      343 bytes
  expires   2026-08-29T10:30:00.000Z

Why it was rejected:
  - detail.data.stage: given "prospect"; allowed: lead
  - detail.data.x: given 1; allowed: no

The event:
{
  "detail": {
    "stage": "prospect"
  }
}`);
  });

  it.each([
    ['is nested so deep that its lines would grow long', `${'['.repeat(3_000)}${']'.repeat(3_000)}`],
    ['is nested beyond what the stack of a program takes', `${'['.repeat(300_000)}${']'.repeat(300_000)}`],
    ['has many values at a deep level', `{"a":${'['.repeat(40)}${'1,'.repeat(5_000)}1${']'.repeat(40)}}`],
  ])('shows the text as it came, without more lines, if it %s', (_what, body) => {
    const text = formatRecord({ ...record, body }).join('\n');
    expect(text.endsWith(`The event:\n${body}`)).toBe(true);
  });

  it('shows every step, with its actor, and the event that was replayed in its place', () => {
    const at = '2026-03-03T00:00:00.000Z';
    const text = formatRecord({
      ...record,
      body: 'no\nJSON',
      steps: [
        { step: 'discarded', actor: 'ann', at, note: 'a test' },
        { step: 'corrected', actor: 'bob', at, corrected: { id: 'ce215caed53a0000', text: '{"a":1}' } },
      ],
    })
      .map(printable)
      .join('\n');
    expect(text).toContain(`  ${at}  ann discarded it: a test\n`);
    expect(text).toContain(
      'bob replayed a corrected event in its place; if that one is rejected, its id is ce215caed53a',
    );
    expect(text).toContain('The event:\nno�JSON\n');
    expect(text).toContain(`Replayed in its place, ${at}:\n{\n  "a": 1\n}`);
  });

  it('shows the numbers of the event as they came, and escapes what a terminal would obey', () => {
    const body = '{"id":12345678901234567890,"n":1e400,"name":"a\u009b1A"}';
    const lines = formatRecord({ ...record, body });
    expect(lines).toContain('  "id": 12345678901234567890,');
    expect(lines).toContain('  "n": 1e400,');
    expect(lines).toContain(String.raw`  "name": "a\u009b1A"`);
  });

  it('shows that it was erased', () => {
    const { id, code, times, receivedAt, lastReceivedAt, expiresAt } = record;
    const steps = [{ step: 'erased' as const, actor: 'erase-lead', at: receivedAt }];
    const erased = { id, code, times, receivedAt, lastReceivedAt, expiresAt, reasons: [], steps };
    const text = formatRecord({ ...erased, status: 'erased' }).join('\n');
    expect(text).toContain('erase-lead erased it with its lead');
    expect(text).toMatch(/The event:\n\(erased\)$/);
    expect(text).not.toContain('undefined');
  });
});

describe('the filters of the quarantine', () => {
  it('select all, or those with the given values', () => {
    expect(buildFilter({ status: 'all' })).toEqual({});
    const since = dayOrInstant('2026-03-01');
    expect(since).toBe('2026-03-01T00:00:00.000Z');
    expect(buildFilter({ status: 'open', lead: 'l-1', code: 'malformed', source: 'crm', since })).toEqual({
      status: 'open',
      leadId: 'l-1',
      code: 'malformed',
      source: 'crm',
      since,
    });
  });

  it.each(['yesterday', '2026-02-30', '2026-3-1', '2026-03-01T25:00Z', '2026-03-01T09:00', ''])(
    'refuse %j as a time',
    (given) => expect(() => dayOrInstant(given)).toThrow('allowed: a day such as 2026-03-01, or an instant'),
  );

  it('take a day or an instant', () => {
    expect(dayOrInstant('2026-03-01T09:30Z')).toBe('2026-03-01T09:30:00.000Z');
    expect(dayOrInstant('2026-03-01T09:30:15.5Z')).toBe('2026-03-01T09:30:15.500Z');
  });
});
