import type { TableProps } from '../../shared/dynamodb/index.ts';
import { createStoredModels, type FindModel } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { findModel, findShipped, readModelFile } from '../explain/find-model.ts';

/** Finds the models that judged leads by their versions. */
export interface Models {
  /** Returns undefined for a model that is neither in the given file nor stored nor in `models/`. */
  readonly find: FindModel;
  /** @throws CliError if the user gives another model, or there is none of that version */
  readonly require: (version: string) => Promise<ScoringModel>;
}

/** @param file the file of the model that scored the lead, in place of the stored one */
export const createModels = (table: TableProps, file?: string): Models => {
  const findStored = createStoredModels(table);
  const given = file === undefined ? undefined : readModelFile(file);
  const find: Models['find'] = async (version) =>
    given?.version === version ? given : ((await findStored(version)) ?? findShipped(version)?.model);
  return {
    find,
    require: async (version) =>
      (given === undefined ? await find(version) : undefined) ?? findModel(version, file),
  };
};
