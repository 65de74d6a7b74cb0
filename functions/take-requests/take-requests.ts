import { createApiHandler } from '../../shared/api/index.ts';
import { acceptHandoff } from './accept-handoff.ts';
import type { RequestDeps } from './deps.ts';
import { eraseLead } from './erase-lead.ts';
import { getProof } from './get-proof.ts';
import { liftOverride } from './lift-override.ts';
import { mergeLead } from './merge-lead.ts';
import { overrideLead } from './override-lead.ts';
import { putEvents } from './put-events.ts';
import { rejectHandoff } from './reject-handoff.ts';
import { stateStage } from './state-stage.ts';

export const takeRequests = (deps: RequestDeps) =>
  createApiHandler('take-requests', {
    getProof: getProof(deps),
    stateStage: stateStage(deps),
    overrideLead: overrideLead(deps),
    liftOverride: liftOverride(deps),
    mergeLead: mergeLead(deps),
    eraseLead: eraseLead(deps),
    acceptHandoff: acceptHandoff(deps),
    rejectHandoff: rejectHandoff(deps),
    putEvents: putEvents(deps),
  });
