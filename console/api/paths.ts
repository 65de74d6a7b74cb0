import type { Operation } from '../../events/api/index.ts';

type Method = 'GET' | 'POST' | 'DELETE';

/**
 * The method and the path of each operation that the console uses. They are those of `events/api/routes.ts`, which a
 * test compares; that file itself would bring all schemas into the page.
 */
export const paths: Readonly<Partial<Record<Operation, readonly [Method, string]>>> = {
  listLeads: ['GET', '/api/leads'],
  getLead: ['GET', '/api/leads/{id}'],
  getTimeline: ['GET', '/api/leads/{id}/timeline'],
  getProof: ['GET', '/api/leads/{id}/proof'],
  stateStage: ['POST', '/api/leads/{id}/stage'],
  overrideLead: ['POST', '/api/leads/{id}/override'],
  liftOverride: ['DELETE', '/api/leads/{id}/override'],
  mergeLead: ['POST', '/api/leads/{id}/merge'],
  eraseLead: ['DELETE', '/api/leads/{id}'],
  getFunnel: ['GET', '/api/funnel'],
  listCountedLeads: ['GET', '/api/funnel/leads'],
  listHandoffs: ['GET', '/api/handoffs'],
  listDuplicates: ['GET', '/api/duplicates'],
  acceptHandoff: ['POST', '/api/handoffs/{id}/accept'],
  rejectHandoff: ['POST', '/api/handoffs/{id}/reject'],
  putEvents: ['POST', '/api/events'],
  scoreFacts: ['POST', '/api/score'],
  getHealth: ['GET', '/api/health'],
  getDelivery: ['GET', '/api/deliveries/{subscription}'],
  getQuarantined: ['GET', '/api/quarantine/{id}'],
  listQuarantine: ['GET', '/api/quarantine'],
  replayQuarantined: ['POST', '/api/quarantine/{id}/replay'],
  discardQuarantined: ['POST', '/api/quarantine/{id}/discard'],
  listModels: ['GET', '/api/models'],
  listModelHistory: ['GET', '/api/models/history'],
  getModel: ['GET', '/api/models/{version}'],
  diffModels: ['GET', '/api/models/{version}/diff/{other}'],
  publishModel: ['POST', '/api/models'],
  activateModel: ['POST', '/api/models/{version}/activate'],
  rollBackModel: ['POST', '/api/models/rollback'],
  shadowModel: ['POST', '/api/models/{version}/shadow'],
  endShadow: ['DELETE', '/api/models/shadow'],
  getRescoring: ['GET', '/api/rescoring'],
  pauseRescoring: ['POST', '/api/rescoring/pause'],
  resumeRescoring: ['POST', '/api/rescoring/resume'],
  getReport: ['GET', '/api/report'],
};
