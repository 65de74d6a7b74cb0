import { createModelRegistry, createStoredModels } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Connection } from '../stack/connect.ts';
import { findShipped } from './find-model.ts';

/**
 * Finds the model by which a stack judges leads: the active one, or the deployed one as long as none is active, which a
 * stack stores when it judges the first event. Until then it is looked for in `models/`.
 *
 * @returns undefined if the model is in neither, or the stack doesn't say which it is
 */
export const findStackModel = async (connection: Connection): Promise<ScoringModel | undefined> => {
  const { dynamodb: client, leadsTable: table, now, outputs } = connection;
  const pointer = await createModelRegistry({ client, table, now }).readPointer();
  const version = pointer?.active ?? outputs.ModelVersion;
  if (version === undefined) return undefined;
  return (await createStoredModels({ client, table })(version)) ?? findShipped(version)?.model;
};
