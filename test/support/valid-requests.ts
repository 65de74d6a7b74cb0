import type { Operation } from '../../events/api/index.ts';
import type { RequestProps } from './api-request.ts';
import { openHandoff, openModel, spareModel } from './api-world.ts';
import { buildEntry } from './events.ts';
import { smallDocument } from './models.ts';

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
  getProof: lead,
  stateStage: { ...lead, body: { stage: 'sql' } },
  overrideLead: { ...lead, body: { hold: true, until: '2030-01-01T00:00:00Z', reason: 'Met the board' } },
  liftOverride: lead,
  mergeLead: { ...lead, body: { mergedLeadId: 'l-2' } },
  eraseLead: lead,
  getFunnel: {},
  listCountedLeads: { query: { figure: 'moved' } },
  listHandoffs: {},
  listDuplicates: {},
  acceptHandoff: { ...handoff, body: {} },
  rejectHandoff: { ...handoff, body: { reason: 'no project' } },
  putEvents: { body: [event] },
  scoreFacts: { body: { attributes: { employees: 600 } } },
  listQuarantine: {},
  getHealth: {},
  getDelivery: { path: { subscription: 'crm' } },
  getQuarantined: { path: { id: rejectedId } },
  replayQuarantined: { path: { id: rejectedId }, body: { corrected: event } },
  discardQuarantined: { path: { id: rejectedId }, body: { reason: 'a test' } },
  listModels: {},
  listModelHistory: {},
  getModel: { path: { version: spareModel } },
  diffModels: { path: { version: spareModel, other: openModel } },
  publishModel: { body: { document: { ...smallDocument(), version: 'new' }, reason: 'a test' } },
  activateModel: { path: { version: spareModel }, body: { reason: 'a test' } },
  rollBackModel: { body: { reason: 'a test', actions: 'none' } },
  shadowModel: { path: { version: spareModel }, body: { reason: 'a test' } },
  endShadow: { query: { reason: 'a test' } },
  getRescoring: {},
  pauseRescoring: {},
  resumeRescoring: {},
  getReport: {},
});
