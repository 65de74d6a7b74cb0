import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSafe } from '../../../shared/mapping/lead-id.ts';
import { useSandbox } from './sandbox.ts';

const { imported, run } = useSandbox();

const ids = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^(?:esc:|sha256:)?[a-z:%|']{0,6}$/),
);
const undoEscape = (id: string): string =>
  id.startsWith('esc:') ? decodeURIComponent(id.slice('esc:'.length).replaceAll(':', '%')) : id;

describe('a text that no lead id may be', () => {
  it.each([
    ["mary.o'hara@example.com", 'esc:mary.o:27hara@example.com'],
    ['auth0|7d01', 'esc:auth0:7C7d01'],
    ['jörg@example.com', 'esc:j:C3:B6rg@example.com'],
    ['jo\u0308rg@example.com', 'esc:j:C3:B6rg@example.com'],
    ['a b', 'esc:a:20b'],
    ["a:b'", 'esc:a:3Ab:27'],
    ['esc:a', 'esc:esc:3Aa'],
    ['Anna+news@example.com', 'Anna+news@example.com'],
    ['crm:1', 'crm:1'],
  ])('%s is escaped to %s', (text, id) => {
    expect(makeSafe(text, 'escape')).toBe(id);
  });

  it('is hashed in a way that other programs can repeat', () => {
    const digest = createHash('sha256').update('auth0|7d01').digest('hex');
    expect(makeSafe('auth0|7d01', 'hash')).toBe(`sha256:${digest}`);
    expect(makeSafe('plain', 'hash')).toBe('plain');
  });

  it('is found again in an escaped id, whatever it looks like', () => {
    fc.assert(
      fc.property(
        ids.filter((text) => text.isWellFormed()),
        (text) => {
          const id = makeSafe(text, 'escape');
          expect(id).toMatch(/^[A-Za-z0-9_.:@+-]*$/);
          expect(undoEscape(id)).toBe(text.normalize('NFC'));
        },
      ),
    );
  });

  it.each(['escape', 'hash'] as const)('never gives the id of another text: %s', (way) => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const same = a.toWellFormed().normalize('NFC') === b.toWellFormed().normalize('NFC');
        if (!same) expect(makeSafe(makeSafe(a, way), way) === makeSafe(b, way)).toBe(makeSafe(a, way) === b);
        expect(makeSafe(a, way) === makeSafe(b, way)).toBe(same);
      }),
    );
  });
});

const mapping = (leadId: unknown, ...more: unknown[]) => ({
  source: 'crm',
  leadId,
  occurredAt: 'date',
  events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'signed_up' } }, ...more],
});
const leadIds = async (leadId: unknown, ...texts: string[]) => {
  const rows = texts.map((text) => `${text},2026-03-01\n`).join('');
  const { entries, rejects } = await imported(mapping(leadId), `id,date\n${rows}`);
  return { ids: entries.map(({ detail }) => detail.data.leadId), rejects };
};

describe('the id of a lead', () => {
  it('stays as it is unless the mapping folds it', async () => {
    expect((await leadIds('id', 'Anna@Example.com')).ids).toEqual(['Anna@Example.com']);
    expect((await leadIds({ column: 'id', case: 'lower' }, 'Anna@Example.com')).ids).toEqual([
      'anna@example.com',
    ]);
  });

  it('is folded before it is escaped, and the prefix stays', async () => {
    const spec = { column: 'id', prefix: 'App:', case: 'lower', unsafe: 'escape' };
    const { ids } = await leadIds(spec, 'AUTH0|7D', 'auth0|7d', 'Plain');
    expect(ids).toEqual(['App:esc:auth0:7C7d', 'App:esc:auth0:7C7d', 'App:plain']);
  });

  it('is refused with the ways out if it has a character that no lead id has', async () => {
    const { rejects } = await leadIds('id', 'auth0|7d01');
    expect(rejects[0]?.reasons).toEqual([
      {
        path: 'id',
        given: '"auth0|7d01"',
        allowed: expect.stringMatching(
          /; or "unsafe": "escape" or "hash" in the id, which makes one of any text$/,
        ),
      },
    ]);
  });

  it('is refused if it is too long when escaped; a hash never is', async () => {
    const long = 'ü'.repeat(40);
    const { rejects } = await leadIds({ column: 'id', unsafe: 'escape' }, long);
    expect(rejects[0]?.reasons[0]?.allowed).toContain('or "unsafe": "hash" in the id');
    expect((await leadIds({ column: 'id', unsafe: 'hash' }, long)).ids).toEqual([
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    ]);
  });

  it('is made the same way for the lead that is merged', async () => {
    const merge = { type: 'LeadsMerged', mergedLeadId: 'old' };
    const { entries } = await imported(
      mapping({ column: 'id', case: 'lower', unsafe: 'escape' }, merge),
      "id,date,old\nanna@example.com,2026-03-01,Anna.O'Hara@example.com\n",
    );
    expect(entries[1]?.detail.data.mergedLeadId).toBe('esc:anna.o:27hara@example.com');
  });

  it('alone may be made safe: a record id has no need of it', async () => {
    const event = {
      type: 'LeadActivityRecorded',
      activity: { fixed: 'a' },
      recordId: { column: 'id', unsafe: 'hash' },
    };
    await expect(run(mapping('id', event), 'id,date\n1,2026-03-01\n')).rejects.toThrow('only for lead ids');
  });
});
