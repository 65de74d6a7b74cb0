import type * as z from 'zod/mini';
import type { Operation } from '../routes.ts';
import { discardedAnswer } from './discarded.ts';
import { funnelAnswer } from './funnel.ts';
import { handoffsAnswer } from './handoffs.ts';
import { leadAnswer } from './lead.ts';
import { leadsAnswer } from './leads.ts';
import { modelsAnswer } from './models.ts';
import { putEventsAnswer } from './put-events.ts';
import { quarantineAnswer } from './quarantine.ts';
import { replayedAnswer } from './replayed.ts';
import { reportAnswer } from './report.ts';
import { scoreAnswer } from './score.ts';
import { takenInAnswer } from './taken-in.ts';
import { timelineAnswer } from './timeline.ts';

/**
 * The schemas of the answers, by operation. The OpenAPI document is made of them, and tests check real answers by them.
 * Functions don't load them.
 */
export const answers: Readonly<Record<Operation, z.ZodMiniType>> = {
  listLeads: leadsAnswer,
  getLead: leadAnswer,
  getTimeline: timelineAnswer,
  getFunnel: funnelAnswer,
  listHandoffs: handoffsAnswer,
  scoreFacts: scoreAnswer,
  listModels: modelsAnswer,
  getReport: reportAnswer,
  stateStage: takenInAnswer,
  mergeLead: takenInAnswer,
  eraseLead: takenInAnswer,
  acceptHandoff: takenInAnswer,
  rejectHandoff: takenInAnswer,
  putEvents: putEventsAnswer,
  listQuarantine: quarantineAnswer,
  replayQuarantined: replayedAnswer,
  discardQuarantined: discardedAnswer,
};
