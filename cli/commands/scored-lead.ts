import type { TableProps } from '../../shared/dynamodb/index.ts';
import { isClosed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, type Ledger, type StoredLead } from '../../shared/ledger/index.ts';
import { createDynamoDbModelStore } from '../../shared/model-store/index.ts';
import { compileModel, type ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { findModel } from '../explain/find-model.ts';
import { type ConnectOptions, connected } from '../stack/connect.ts';
import { note } from '../text/note.ts';

/** What is stored of a lead, or of the lead that it was merged into. */
const resolve = async (ledger: Ledger, leadId: string): Promise<StoredLead | undefined> => {
  const lead = (await ledger.load([leadId])).get(leadId);
  if (lead?.status !== 'merged') return lead;
  note(`lead ${leadId} was merged into ${lead.mergedInto}`);
  return resolve(ledger, lead.mergedInto);
};

/** That a lead with a ledger has no state is a fault, and nothing that one more event would mend. */
const missing = async (ledger: Ledger, leadId: string): Promise<CliError> => {
  for await (const _ of ledger.timeline(leadId)) {
    const mend = '`sluice rebuild` restores it, `sluice audit verify` says more';
    return new CliError('NO_STATE', `lead ${leadId} has a ledger, and its state is lost: ${mend}`);
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

/** A lead of a running stack. @throws CliError where there is none of this id, or none any more */
export const loadLead = (options: ConnectOptions, leadId: string): Promise<LeadState> =>
  connected(options, ({ dynamodb: client, leadsTable: table }) => load({ client, table }, leadId));

/**
 * A lead of a running stack with the model that scored it: that of the file given, else the one that is kept with the
 * ledgers, else, where none is kept, that of `models/`.
 *
 * @throws CliError where there is none of this id, or none any more, or no such model
 */
export const loadScored = (
  options: ConnectOptions & { readonly model?: string },
  leadId: string,
): Promise<{ state: LeadState; model: ScoringModel }> =>
  connected(options, async ({ dynamodb: client, leadsTable: table }) => {
    const state = await load({ client, table }, leadId);
    const { modelVersion } = state;
    const kept = await createDynamoDbModelStore({ client, table }).load(modelVersion);
    const isKept = options.model === undefined && kept !== undefined;
    return { state, model: isKept ? compileModel(kept) : findModel(modelVersion, options.model) };
  });

/** @throws CliError where a model doesn't give the score that it is said to have given */
export const assertScoredBy = (model: ScoringModel, state: LeadState, score: number): void => {
  if (score === state.score) return;
  throw new CliError(
    'SCORE_DIFFERS',
    `the stored score is ${state.score}, but model ${model.version} gives ${score}: the model file was changed without a new version`,
  );
};
