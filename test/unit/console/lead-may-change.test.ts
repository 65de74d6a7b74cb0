import { describe, expect, it } from 'vitest';
import { type ChangeableLead, mayChange } from '../../../console/pages/lead/actions/may-change.ts';
import type { Person } from '../../../console/session/person.ts';

const at = '2026-03-01T08:00:00.000Z';
const seller: Person = { subject: 'sam@example.com', id: 'u-7', role: 'seller', queues: ['sales'] };

const lead = (given: Partial<ChangeableLead> = {}, owner?: string): ChangeableLead => ({
  asOf: at,
  facts: {
    attributes: owner === undefined ? {} : { leadOwner: { value: owner, at } },
    answers: {},
    activities: {},
    outcomes: {},
  },
  handoffs: [],
  moreHandoffs: false,
  ...given,
});

const inQueue = (queue: string, status: string): Partial<ChangeableLead> => ({
  handoffs: [{ id: 'l~h', handoffId: 'h', status, queue }],
});

describe('who may change a lead', () => {
  it.each([
    ['that nobody has', lead(), false],
    ['of the seller', lead({}, 'Sam@Example.com'), true],
    ['of the seller, by the id that the issuer gives', lead({}, 'u-7'), true],
    ['of somebody else', lead({}, 'olga@example.com'), false],
    ['that waits in a queue of the seller', lead(inQueue('sales', 'open')), true],
    ['that a queue of the seller has accepted', lead(inQueue('sales', 'accepted')), true],
    ['that a queue of the seller has rejected', lead(inQueue('sales', 'rejected')), false],
    ['that waits in another queue', lead(inQueue('partners', 'open')), false],
    ['of which not all hand-offs were read', lead({ moreHandoffs: true }), true],
  ])('is decided for a seller and a lead %s', (_, given, expected) =>
    expect(mayChange(given, seller)).toBe(expected),
  );

  it('is every admin, and no viewer', () => {
    expect(mayChange(lead(), { ...seller, role: 'admin' })).toBe(true);
    expect(mayChange(lead(inQueue('sales', 'open')), { ...seller, role: 'viewer' })).toBe(false);
    expect(mayChange(lead(), undefined)).toBe(false);
  });
});
