import type { Step } from '../../step.ts';
import { allRoutes } from './all-routes.ts';
import { answerHandoff } from './answer-handoff.ts';
import { ask } from './ask.ts';
import { changeLead } from './change-lead.ts';
import { closeLeads } from './close-leads.ts';
import { correct } from './correct.ts';
import { countFunnel } from './count-funnel.ts';
import { doorForPeople, doorForServices } from './door.ts';
import { letIn } from './let-in.ts';
import { overrideLead } from './override-lead.ts';
import { readHealth } from './read-health.ts';
import { refusedModels } from './refused-models.ts';
import { sendEvents } from './send-events.ts';

/** Lists everything that the API is asked for: by people with tokens, then the same by a service with AWS credentials. */
export const apiSteps: readonly Step[] = [
  letIn,
  ...[doorForPeople, doorForServices].flatMap((door) =>
    [
      sendEvents,
      answerHandoff,
      changeLead,
      overrideLead,
      ask,
      refusedModels,
      correct,
      readHealth,
      closeLeads,
    ].map((create) => create(door)),
  ),
  countFunnel,
  allRoutes,
];
