import type { Operation } from '../../events/api/index.ts';
import type { RequestProps } from './api-request.ts';
import { openHandoff } from './api-world.ts';
import { buildEntry } from './events.ts';

const lead = { path: { id: openHandoff.leadId } };
const handoff = {
  path: { id: `${openHandoff.leadId}~${openHandoff.handoffId}` },
  queues: [openHandoff.queue],
};
const event = buildEntry({
  type: 'LeadActivityRecorded',
  data: { leadId: openHandoff.leadId, activity: 'page_visited' },
});

/**
 * Returns a request of each operation that succeeds in the world of the API.
 *
 * @param rejectedId the id of a rejected event
 */
export const buildValidRequests = (rejectedId: string): Readonly<Record<Operation, RequestProps>> => ({
  listLeads: {},
  getLead: lead,
  getTimeline: lead,
  stateStage: { ...lead, body: { stage: 'sql' } },
  mergeLead: { ...lead, body: { mergedLeadId: 'l-2' } },
  eraseLead: lead,
  getFunnel: {},
  listHandoffs: {},
  acceptHandoff: { ...handoff, body: {} },
  rejectHandoff: { ...handoff, body: { reason: 'no project' } },
  putEvents: { body: [event] },
  scoreFacts: { body: { attributes: { employees: 600 } } },
  listQuarantine: {},
  replayQuarantined: { path: { id: rejectedId }, body: { corrected: event } },
  discardQuarantined: { path: { id: rejectedId }, body: { reason: 'a test' } },
  listModels: {},
  getReport: {},
});
