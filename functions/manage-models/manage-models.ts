import { createApiHandler } from '../../shared/api/index.ts';
import { activateModel, rollBackModel } from './activate-model.ts';
import type { ManageModelsDeps } from './deps.ts';
import { publishModel } from './publish-model.ts';
import { endShadow, shadowModel } from './shadow-model.ts';
import { getModel, listModelHistory, showDifferences } from './show-models.ts';
import { getRescoring, pauseRescoring, resumeRescoring } from './steer-rescoring.ts';

export const manageModels = (deps: ManageModelsDeps) =>
  createApiHandler('manage-models', {
    listModelHistory: listModelHistory(deps),
    getModel: getModel(deps),
    diffModels: showDifferences(deps),
    publishModel: publishModel(deps),
    activateModel: activateModel(deps),
    rollBackModel: rollBackModel(deps),
    shadowModel: shadowModel(deps),
    endShadow: endShadow(deps),
    getRescoring: getRescoring(deps),
    pauseRescoring: pauseRescoring(deps),
    resumeRescoring: resumeRescoring(deps),
  });
