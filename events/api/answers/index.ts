import type * as z from 'zod/mini';
import type { Operation } from '../routes.ts';
import { countedLeadsAnswer } from './counted-leads.ts';
import { deliveryAnswer } from './delivery.ts';
import { discardedAnswer } from './discarded.ts';
import { duplicatesAnswer } from './duplicates.ts';
import { funnelAnswer } from './funnel.ts';
import { handoffsAnswer } from './handoffs.ts';
import { healthAnswer } from './health.ts';
import { leadAnswer } from './lead.ts';
import { leadsAnswer } from './leads.ts';
import {
  modelAnswer,
  modelDifferencesAnswer,
  modelHistoryAnswer,
  modelPublishedAnswer,
  modelsChangedAnswer,
  rescoringAnswer,
  rescoringChangedAnswer,
} from './manage-models.ts';
import { modelsAnswer } from './models.ts';
import { proofAnswer } from './proof.ts';
import { putEventsAnswer } from './put-events.ts';
import { quarantineAnswer } from './quarantine.ts';
import { quarantinedAnswer } from './quarantined.ts';
import { replayedAnswer } from './replayed.ts';
import { reportAnswer } from './report.ts';
import { scoreAnswer } from './score.ts';
import { takenInAnswer } from './taken-in.ts';
import { timelineAnswer } from './timeline.ts';

/**
 * The schemas of the answers, by operation. The OpenAPI document is made of them, and tests check real answers by them.
 * Functions don't load them.
 */
export const answers = {
  listLeads: leadsAnswer,
  getLead: leadAnswer,
  getTimeline: timelineAnswer,
  getProof: proofAnswer,
  getFunnel: funnelAnswer,
  listCountedLeads: countedLeadsAnswer,
  listHandoffs: handoffsAnswer,
  listDuplicates: duplicatesAnswer,
  scoreFacts: scoreAnswer,
  listModels: modelsAnswer,
  listModelHistory: modelHistoryAnswer,
  getModel: modelAnswer,
  diffModels: modelDifferencesAnswer,
  publishModel: modelPublishedAnswer,
  activateModel: modelsChangedAnswer,
  rollBackModel: modelsChangedAnswer,
  shadowModel: modelsChangedAnswer,
  endShadow: modelsChangedAnswer,
  getRescoring: rescoringAnswer,
  pauseRescoring: rescoringChangedAnswer,
  resumeRescoring: rescoringChangedAnswer,
  getReport: reportAnswer,
  stateStage: takenInAnswer,
  overrideLead: takenInAnswer,
  liftOverride: takenInAnswer,
  mergeLead: takenInAnswer,
  eraseLead: takenInAnswer,
  acceptHandoff: takenInAnswer,
  rejectHandoff: takenInAnswer,
  putEvents: putEventsAnswer,
  getHealth: healthAnswer,
  getDelivery: deliveryAnswer,
  listQuarantine: quarantineAnswer,
  getQuarantined: quarantinedAnswer,
  replayQuarantined: replayedAnswer,
  discardQuarantined: discardedAnswer,
} satisfies Readonly<Record<Operation, z.ZodMiniType>>;
