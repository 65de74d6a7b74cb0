import type { LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import type { ConnectOptions } from '../stack/connect.ts';
import { connected } from './connection.ts';

/** A lead of a running stack. @throws CliError where there is none of this id */
export const loadLead = async (options: ConnectOptions, leadId: string): Promise<LeadState> => {
  const state = await connected(options, async ({ dynamodb, leadsTable }) => {
    const ledger = createDynamoDbLedger({ client: dynamodb, table: leadsTable });
    return (await ledger.load([leadId])).get(leadId);
  });
  if (state === undefined) throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
  return state;
};

/** @throws CliError where a model doesn't give the score that it is said to have given */
export const assertScoredBy = (model: ScoringModel, state: LeadState, score: number): void => {
  if (score === state.score) return;
  throw new CliError(
    'SCORE_DIFFERS',
    `the stored score is ${state.score}, but model ${model.version} gives ${score}: the model file was changed without a new version`,
  );
};
