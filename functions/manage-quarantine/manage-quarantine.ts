import { createApiHandler } from '../../shared/api/index.ts';
import type { QuarantineDeps } from './deps.ts';
import { discardQuarantined } from './discard-quarantined.ts';
import { listQuarantine } from './list-quarantine.ts';
import { replayQuarantined } from './replay-quarantined.ts';

export const manageQuarantine = (deps: QuarantineDeps) =>
  createApiHandler('manage-quarantine', {
    listQuarantine: listQuarantine(deps),
    replayQuarantined: replayQuarantined(deps),
    discardQuarantined: discardQuarantined(deps),
  });
