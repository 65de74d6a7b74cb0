import type { ScoringModel } from '../../shared/scoring/index.ts';
import { buildEntry } from './events.ts';
import { compileDocument, smallDocument } from './models.ts';

/**
 * A model by which a lead falls by itself. An executive who asks for a demo and visits four pages on 1 March 2026 is
 * good; when the visits leave their window of ten days, at the start of 11 March, it is risky.
 */
export const fadingModel = (policy: object = {}): ScoringModel => {
  const document = smallDocument();
  return compileDocument({
    ...document,
    tiers: { excellent: 80, good: 75, risky: 25, hysteresis: 0 },
    policy: { ...document.policy, ...policy },
  });
};

/** The instant at which such a lead falls. */
export const fallsAt = '2026-03-11T00:00:00.000Z';

const at = '2026-03-01T09:00:00.000Z';

/** Returns the events after which a lead is good by that model. */
export const buildGoodLead = (leadId = 'l-1', more: { readonly backfill?: boolean } = {}) => [
  buildEntry({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: { seniority: 'executive' } },
    at,
    id: 'profile',
    ...more,
  }),
  buildEntry({
    type: 'LeadActivityRecorded',
    data: { leadId, activity: 'demo_requested' },
    at,
    id: 'demo',
    ...more,
  }),
  buildEntry({
    type: 'LeadActivityRecorded',
    data: { leadId, activity: 'page_visited', count: 4 },
    at,
    id: 'visits',
    ...more,
  }),
];

/** Returns the message by which advance-leads wakes a lead that is due at an instant. */
export const buildWakeUp = (leadId: string, dueAt: string, first?: true) => ({
  source: 'sluice',
  'detail-type': 'LeadClockAdvanced',
  time: dueAt,
  detail: {
    metadata: { eventId: 'sluice.clock', occurredAt: dueAt, schemaVersion: 1 },
    data: { leadId, ...(first && { first }) },
  },
});
