import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import {
  compareTallies,
  type DriftTally,
  emptyTally,
  mayBeQualified,
  mergeTallies,
  tallyLead,
  tallyOutcome,
} from '../../shared/drift/index.ts';
import {
  checkItem,
  type DriftCheck,
  readLastCheck,
  readReferences,
} from '../../shared/drift-checks/index.ts';
import { buildUpsert, getItems, text, updateIf } from '../../shared/dynamodb/index.ts';
import { readStock } from '../../shared/funnel-counts/index.ts';
import { modelPointerKey } from '../../shared/keys/index.ts';
import { count, logger } from '../../shared/lambda/index.ts';
import { createDocumentReader } from '../../shared/model-store/index.ts';
import { compileModel, type ScoringModel } from '../../shared/scoring/index.ts';
import type { CheckDriftDeps } from './deps.ts';
import { oldestMs, readOutcome } from './read-outcome.ts';
import { scanSample } from './scan-sample.ts';

/** The part of an invocation that is read. */
export interface CheckRequest {
  /** Whether nothing is to be done if the active model was checked in this month. The schedule asks for that. */
  readonly isMonthly?: boolean | undefined;
}

/** The result of a run. */
export interface CheckedDrift {
  /** The instant of the check; undefined if there was nothing to check, or it was done this month. */
  readonly at?: string;
  /** The leads that were read. */
  readonly leads: number;
  readonly findings: number;
}

/** The time since which a lead must have been heard of to be compared: those of a month are. */
const monthMs = 30 * dayMs;

/** The ledgers that are read at once. */
const atOnce = 8;

/** Reads the model that is active; undefined if none is. */
const readActive = async ({ client, table }: CheckDriftDeps): Promise<ScoringModel | undefined> => {
  const [pointer] = await getItems({ client, table }, [modelPointerKey], ['active']);
  if (pointer?.active === undefined) return undefined;
  return compileModel(await createDocumentReader({ client, table })(text(pointer, 'active')));
};

/** Returns the parts into which the table is to be divided so that one has about as many leads as the sample. */
const countSegments = async ({ client, table, sampleSize = 20_000 }: CheckDriftDeps): Promise<number> => {
  const { stock } = await readStock({ client, table });
  const leads = [...stock.values()].reduce((total, each) => total + Math.max(0, each), 0);
  return Math.max(1, Math.ceil(leads / sampleSize));
};

interface Sample {
  readonly leadsRead: number;
  readonly tally: DriftTally;
  /** The leads whose outcome may be known. */
  readonly qualified: readonly string[];
}

/** Reads the sample, and counts the leads that were heard of within the month, each as of when it last was. */
const readSample = async (deps: CheckDriftDeps, model: ScoringModel, endsAt: number): Promise<Sample> => {
  const { now, mostLedgers = 2_000, sampleSize = 20_000 } = deps;
  const at = now();
  let leadsRead = 0;
  let tally = emptyTally;
  const qualified: string[] = [];
  for await (const leads of scanSample(deps, await countSegments(deps))) {
    for (const { leadId, facts } of leads) {
      const isOfMonth = facts.seen > at - monthMs && facts.seen <= at;
      if (isOfMonth) tally = mergeTallies(tally, tallyLead(model, facts, facts.seen));
      const mayBeRipe = facts.seen > at - oldestMs && qualified.length < mostLedgers;
      if (mayBeRipe && mayBeQualified(model, facts)) qualified.push(leadId);
    }
    leadsRead += leads.length;
    // The counters may be missing or wrong: what is read is bounded in any case.
    if (leadsRead >= 2 * sampleSize || now() >= endsAt) break;
  }
  return { leadsRead, tally, qualified };
};

/** Reads the outcomes of leads, and counts those that are known. */
const tallyOutcomes = async (
  deps: CheckDriftDeps,
  { version }: ScoringModel,
  leadIds: readonly string[],
  endsAt: number,
): Promise<DriftTally> => {
  const at = deps.now();
  let tally = emptyTally;
  for (let i = 0; i < leadIds.length && deps.now() < endsAt; i += atOnce) {
    const some = leadIds.slice(i, i + atOnce);
    const outcomes = await Promise.all(some.map((leadId) => readOutcome(deps, leadId, version, at)));
    for (const outcome of outcomes) {
      if (outcome !== undefined) tally = mergeTallies(tally, tallyOutcome(outcome.score, outcome.hasWon));
    }
  }
  return tally;
};

/** @param at the instant by which it is stored: UTC, ISO 8601 */
const check = async (deps: CheckDriftDeps, model: ScoringModel, at: string): Promise<DriftCheck> => {
  const startedAt = deps.now();
  const endsAt = startedAt + (deps.budgetMs ?? 8 * minuteMs);
  const { leadsRead, tally: ofLeads, qualified } = await readSample(deps, model, endsAt);
  const tally = mergeTallies(ofLeads, await tallyOutcomes(deps, model, qualified, endsAt));
  const { leads, outcomes } = await readReferences(deps, model.version);
  return {
    at,
    modelVersion: model.version,
    leadsRead,
    tally,
    references: { ...(leads && { leads: leads.at }), ...(outcomes && { outcomes: outcomes.at }) },
    comparison: compareTallies({ leads: leads?.tally, outcomes: outcomes?.tally }, tally),
  };
};

const monthOf = (at: string): string => at.slice(0, 7);

const isCheckedThisMonth = async (deps: CheckDriftDeps, { version }: ScoringModel): Promise<boolean> => {
  const last = await readLastCheck(deps);
  const month = monthOf(new Date(deps.now()).toISOString());
  return last !== undefined && last.modelVersion === version && monthOf(last.at) === month;
};

const nothing: CheckedDrift = { leads: 0, findings: 0 };

/**
 * Compares the leads of the last month, and the outcomes that have become known, with the first ones that were counted
 * under the active model. A check is stored once; the stream announces its findings.
 */
export const checkDrift =
  (deps: CheckDriftDeps) =>
  async ({ isMonthly = false }: CheckRequest): Promise<CheckedDrift> => {
    const model = await readActive(deps);
    if (model === undefined || (isMonthly && (await isCheckedThisMonth(deps, model)))) return nothing;
    // A schedule may wake a function twice at once: both store under the same hour, and the second is refused.
    const at = new Date(isMonthly ? deps.now() - (deps.now() % hourMs) : deps.now()).toISOString();
    const checked = await check(deps, model, at);
    const { leadsRead, tally, comparison } = checked;
    const upsert = buildUpsert(deps.table, checkItem(checked));
    const condition = 'attribute_not_exists(#driftModel)';
    if (!(await updateIf(deps.client, { ...upsert, condition }))) return nothing;
    const outcomes = tally.outcomes.reduce((total, [leads]) => total + leads, 0);
    const findings = comparison.findings.length;
    count('DriftChecks', 1);
    count('DriftLeadsCompared', tally.leads);
    count('DriftOutcomesCompared', outcomes);
    count('DriftFindings', findings);
    logger.info('drift checked', {
      modelVersion: model.version,
      leadsRead,
      leads: tally.leads,
      outcomes,
      findings,
    });
    return { at, leads: leadsRead, findings };
  };
