import { isClosed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, type Ledger, type StoredLead } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import type { ConnectOptions } from '../stack/connect.ts';
import { note } from '../text/note.ts';
import { connected } from './connection.ts';

/** What is stored of a lead, or of the lead that it was merged into. */
const resolve = async (ledger: Ledger, leadId: string): Promise<StoredLead | undefined> => {
  const lead = (await ledger.load([leadId])).get(leadId);
  if (lead?.status !== 'merged') return lead;
  note(`lead ${leadId} was merged into ${lead.mergedInto}`);
  return resolve(ledger, lead.mergedInto);
};

/** A lead of a running stack. @throws CliError where there is none of this id, or none any more */
export const loadLead = async (options: ConnectOptions, leadId: string): Promise<LeadState> => {
  const lead = await connected(options, ({ dynamodb, leadsTable }) =>
    resolve(createDynamoDbLedger({ client: dynamodb, table: leadsTable }), leadId),
  );
  if (lead === undefined) throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
  if (isClosed(lead)) throw new CliError('LEAD_ERASED', `lead ${lead.leadId} was erased`);
  return lead;
};

/** @throws CliError where a model doesn't give the score that it is said to have given */
export const assertScoredBy = (model: ScoringModel, state: LeadState, score: number): void => {
  if (score === state.score) return;
  throw new CliError(
    'SCORE_DIFFERS',
    `the stored score is ${state.score}, but model ${model.version} gives ${score}: the model file was changed without a new version`,
  );
};
