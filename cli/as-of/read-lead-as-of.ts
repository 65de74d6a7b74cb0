import type { TableProps } from '../../shared/dynamodb/index.ts';
import { isClosed, judge, type LeadState } from '../../shared/lead/index.ts';
import {
  createDynamoDbLedger,
  type Ledger,
  type LedgerEntry,
  type StoredLead,
} from '../../shared/ledger/index.ts';
import { instantOf, type ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { note } from '../output/print.ts';
import type { Connection } from '../stack/connect.ts';
import { spellInstant } from '../text/format-instant.ts';
import { readFollowUps } from './follow-ups.ts';
import { fromNowOn, inPast, type LeadAsOf } from './lead-as-of.ts';
import { createModels, type Models } from './models.ts';
import { judgePast } from './past.ts';

interface AsOfOptions {
  /** Milliseconds since 1970. @default now, by the clock of the stack */
  readonly at?: number | undefined;
  /** The file of the model that scored the lead, in place of the stored one. */
  readonly model?: string | undefined;
}

const noteMerge = (leadId: string, mergedInto: string): void =>
  note(`lead ${leadId} was merged into ${mergedInto}`);

const erased = (leadId: string): CliError => new CliError('LEAD_ERASED', `lead ${leadId} was erased`);

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

/** Loads a stored lead. @throws CliError if there is none, or it was erased */
const load = async (ledger: Ledger, leadId: string): Promise<Exclude<StoredLead, { status: 'erased' }>> => {
  const lead = (await ledger.load([leadId])).get(leadId);
  if (lead === undefined) throw await missing(ledger, leadId);
  if (lead.status === 'erased') throw erased(leadId);
  return lead as Exclude<StoredLead, { status: 'erased' }>;
};

const firstHeard = (entries: readonly LedgerEntry[]): string => {
  const [first] = entries;
  const at = first?.kind === 'erased' ? undefined : first?.event.metadata.occurredAt;
  return at === undefined ? '' : `: the first that was heard of it is of ${spellInstant(Date.parse(at))}`;
};

const readPast = async (ledger: Ledger, leadId: string, at: number, models: Models): Promise<LeadAsOf> => {
  const on = spellInstant(at);
  const entries = await Array.fromAsync(ledger.timeline(leadId));
  const past = await judgePast(entries, at, models);
  switch (past.kind) {
    case 'unknown':
      throw new CliError('NOT_KNOWN_THEN', `lead ${leadId} wasn't known on ${on}${firstHeard(entries)}`);
    case 'erased':
      throw new CliError('LEAD_ERASED', `what was known of lead ${leadId} on ${on} was erased`);
    case 'unjudged':
      throw new CliError(
        'MODEL_NOT_FOUND',
        `lead ${leadId} was judged by model ${past.modelVersion} by ${on}, and that model isn't stored`,
      );
    case 'known':
      break;
    default:
      return past satisfies never;
  }
  const { lead } = past;
  if (lead.status === 'merged') {
    noteMerge(leadId, lead.mergedInto);
    await load(ledger, lead.mergedInto);
    return readPast(ledger, lead.mergedInto, at, models);
  }
  if (isClosed(lead)) throw erased(leadId);
  return inPast(await models.require(lead.modelVersion), lead, at);
};

/** @throws CliError `SCORE_DIFFERS` if a model doesn't give the stored score of a lead */
const assertScoredBy = (model: ScoringModel, { facts, tier, score: stored }: LeadState): void => {
  const { score } = judge(model, facts, tier).standing;
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
  { at: given, model: file }: AsOfOptions = {},
): Promise<LeadAsOf> => {
  const table: TableProps = { client: connection.dynamodb, table: connection.leadsTable };
  const ledger = createDynamoDbLedger(table);
  const models = createModels(table, file);
  const now = connection.now();

  const read = async (id: string): Promise<LeadAsOf> => {
    const stored = await load(ledger, id);
    if (given !== undefined && given < now) return readPast(ledger, id, given, models);
    if (stored.status === 'merged') {
      noteMerge(id, stored.mergedInto);
      return read(stored.mergedInto);
    }
    // An event may be some minutes ahead of the clock.
    const known = instantOf(stored.facts);
    if (given !== undefined && given < known) return readPast(ledger, id, given, models);
    const model = await models.require(stored.modelVersion);
    assertScoredBy(model, stored);
    const tense = given === undefined || given === now ? 'present' : 'future';
    const at = given ?? Math.max(now, known);
    return fromNowOn(model, stored, { at, tense }, await readFollowUps(connection, id));
  };
  return read(leadId);
};
