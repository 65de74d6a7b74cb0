import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefOf, hrefOfLead, parseFragment } from '../../../console/app/route.ts';
import { seeded } from '../../support/seed.ts';

const filters = (fragment: string) => Object.fromEntries(parseFragment(fragment).query);

describe('the address of a page', () => {
  it.each(['', '#', '#/', '/'])('is that of Today for %j', (fragment) =>
    expect(parseFragment(fragment).page).toBe('today'),
  );

  it.each(['#/nothing', '#/lead', '#/funnel/more', '#/leads/a/b', '#/leads/%E0%A4%A'])(
    'is no page for %s',
    (fragment) => expect(parseFragment(fragment).page).toBe('unknown'),
  );

  it('has its filters, and none that are empty', () => {
    const href = hrefOf('funnel', { to: '2026-03-31', from: '2026-03-01', tier: '', stage: undefined });
    expect(href).toBe('#/funnel?from=2026-03-01&to=2026-03-31');
    expect(filters(href)).toEqual({ from: '2026-03-01', to: '2026-03-31' });
  });

  it('names the lead, whatever its id is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string(), (id, at) => {
        const { page, id: read, query } = parseFragment(hrefOfLead(id, { at }));
        expect([page, read, query.get('at') ?? '']).toEqual(['lead', id, at]);
      }),
      seeded(),
    );
  });
});
