import { createStoredModels } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Connection } from '../stack/connect.ts';
import { findShipped } from './find-model.ts';

/**
 * Finds the model by which a stack judges leads: among those that it has stored, else in `models/`. A stack stores its
 * model when it judges the first event.
 *
 * @returns undefined if the model is in neither, or the stack doesn't say which it is
 */
export const findStackModel = async (connection: Connection): Promise<ScoringModel | undefined> => {
  const version = connection.outputs.ModelVersion;
  if (version === undefined) return undefined;
  const { dynamodb: client, leadsTable: table } = connection;
  return (await createStoredModels({ client, table })(version)) ?? findShipped(version);
};
