import { createApiHandler } from '../../shared/api/index.ts';
import type { QuarantineDeps } from './deps.ts';
import { discardQuarantined } from './discard-quarantined.ts';
import { getDelivery } from './get-delivery.ts';
import { getHealth } from './get-health.ts';
import { getQuarantined } from './get-quarantined.ts';
import { listQuarantine } from './list-quarantine.ts';
import { replayQuarantined } from './replay-quarantined.ts';

export const manageQuarantine = (deps: QuarantineDeps) =>
  createApiHandler('manage-quarantine', {
    getHealth: getHealth(deps),
    getDelivery: getDelivery(deps),
    listQuarantine: listQuarantine(deps),
    getQuarantined: getQuarantined(deps),
    replayQuarantined: replayQuarantined(deps),
    discardQuarantined: discardQuarantined(deps),
  });
