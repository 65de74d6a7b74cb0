import type { TableProps } from '../../shared/dynamodb/index.ts';
import { isClosed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, type Ledger, type StoredLead } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { findModel } from '../explain/find-model.ts';
import { createStoredModels } from '../explain/stored-models.ts';
import { note } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';

/** Returns the stored lead, or the one that it was merged into; undefined if there is none. */
const resolve = async (ledger: Ledger, leadId: string): Promise<StoredLead | undefined> => {
  const lead = (await ledger.load([leadId])).get(leadId);
  if (lead?.status !== 'merged') return lead;
  note(`lead ${leadId} was merged into ${lead.mergedInto}`);
  return resolve(ledger, lead.mergedInto);
};

/**
 * Returns the error for a lead without a state: `NO_STATE` if it has a ledger, since another event would not restore the
 * state, else `NO_SUCH_LEAD`.
 */
const missing = async (ledger: Ledger, leadId: string): Promise<CliError> => {
  for await (const _ of ledger.timeline(leadId)) {
    const fix = '`sluice rebuild` restores it, `sluice audit verify` shows the findings';
    return new CliError('NO_STATE', `lead ${leadId} has a ledger, but its state is lost: ${fix}`);
  }
  return new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
};

const load = async (table: TableProps, leadId: string): Promise<LeadState> => {
  const ledger = createDynamoDbLedger(table);
  const lead = await resolve(ledger, leadId);
  if (lead === undefined) throw await missing(ledger, leadId);
  if (isClosed(lead)) throw new CliError('LEAD_ERASED', `lead ${lead.leadId} was erased`);
  return lead;
};

/**
 * Reads a lead of a running stack.
 *
 * @throws CliError if there is no such lead, or it was erased
 */
export const loadLead = (options: ConnectOptions, leadId: string): Promise<LeadState> =>
  withConnection(options, ({ dynamodb: client, leadsTable: table }) => load({ client, table }, leadId));

/**
 * Reads a lead of a running stack with the model that scored it: from the given file, else from the model store, else
 * from `models/`.
 *
 * @throws CliError if there is no such lead or model, or the lead was erased
 */
export const loadScored = (
  options: ConnectOptions & { readonly model?: string },
  leadId: string,
): Promise<{ state: LeadState; model: ScoringModel }> =>
  withConnection(options, async ({ dynamodb: client, leadsTable: table }) => {
    const state = await load({ client, table }, leadId);
    const { modelVersion } = state;
    const stored = await createStoredModels({ client, table })(modelVersion);
    const useStored = options.model === undefined && stored !== undefined;
    return { state, model: useStored ? stored : findModel(modelVersion, options.model) };
  });

/**
 * Asserts that a model gives the stored score of a lead.
 *
 * @throws CliError `SCORE_DIFFERS`
 */
export const assertScoredBy = (model: ScoringModel, state: LeadState, score: number): void => {
  if (score === state.score) return;
  throw new CliError(
    'SCORE_DIFFERS',
    `the stored score is ${state.score}, but model ${model.version} gives ${score}: the model file was changed without a new version`,
  );
};
