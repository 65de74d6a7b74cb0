import { type LeadAsOf, readLeadAsOf as readLead } from '../../shared/as-of/index.ts';
import type { TableProps } from '../../shared/dynamodb/index.ts';
import { judge, type LeadState, modelTierOf } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { note } from '../output/print.ts';
import type { Connection } from '../stack/connect.ts';
import { createModels } from './models.ts';
import { notShownError } from './not-shown.ts';

interface AsOfOptions {
  /** Milliseconds since 1970. @default now, by the clock of the stack */
  readonly at?: number | undefined;
  /** The file of the model that scored the lead, in place of the stored one. */
  readonly model?: string | undefined;
}

/** @throws CliError `SCORE_DIFFERS` if a model doesn't give the stored score of a lead */
const assertScoredBy = (model: ScoringModel, state: LeadState): void => {
  const { score: stored } = state;
  const { score } = judge(model, state.facts, modelTierOf(state)).standing;
  if (score === stored) return;
  throw new CliError(
    'SCORE_DIFFERS',
    `the stored score is ${stored}, but model ${model.version} gives ${score}: the model file was changed without a new version`,
  );
};

/**
 * Reads a lead of a stack as of an instant: as it was then by what had happened, as it is now, or as it will be if
 * nothing happens until then. A lead that was merged into another one by then is that one.
 *
 * @throws CliError if nothing is known of the lead as of then, or a model is missing
 */
export const readLeadAsOf = async (
  connection: Connection,
  leadId: string,
  { at, model: file }: AsOfOptions = {},
): Promise<LeadAsOf> => {
  const table: TableProps = { client: connection.dynamodb, table: connection.leadsTable };
  const models = createModels(table, file);
  const read = await readLead(leadId, {
    table,
    now: connection.now(),
    at,
    findModel: models.find,
    findShown: models.require,
    onMerged: (merged, mergedInto) => note(`lead ${merged} was merged into ${mergedInto}`),
  });
  if (read.kind !== 'found') throw notShownError(read);
  if (read.now !== undefined) assertScoredBy(read.lead.model, read.now.stored);
  return read.lead;
};
