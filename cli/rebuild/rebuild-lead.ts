import type { TableProps } from '../../shared/dynamodb/index.ts';
import {
  type Audited,
  type Auditor,
  type Finding,
  restoreState,
  type StoredLedger,
} from '../../shared/ledger/index.ts';

export interface RebuildLeadProps extends TableProps {
  /** Returns the instant of the stack's clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly auditor: Auditor;
  readonly dryRun: boolean;
  /** Whether to rebuild also leads with decisions that the stored models don't reproduce. */
  readonly trustModels: boolean;
}

export interface RebuiltLead {
  readonly outcome: 'healthy' | 'differs' | 'repaired' | 'refused';
  readonly findings: readonly Finding[];
  readonly entries: number;
}

/** The most conflicts with other writers, after which a lead is left for another run. */
const mostConflicts = 10;

/** The findings that a rebuild of the state repairs. */
const repairable = new Set<Finding['code']>(['state-differs']);

const isDifference = ({ findings }: Audited): boolean => findings.some(({ code }) => repairable.has(code));

/**
 * Whether a lead must not be rebuilt, since its chain is broken, a model is missing, or a model decides differently
 * from the entries.
 */
const isRefused = ({ findings, lead }: Audited, { trustModels }: RebuildLeadProps): boolean =>
  lead === undefined ||
  findings.some(({ code }) => !repairable.has(code) && !(trustModels && code === 'decision-differs'));

const judgeOutcome = (audited: Audited, props: RebuildLeadProps): RebuiltLead['outcome'] => {
  if (audited.findings.length === 0) return 'healthy';
  if (isRefused(audited, props)) return 'refused';
  return isDifference(audited) ? 'differs' : 'healthy';
};

/**
 * Folds the ledger of a lead again and writes the state if it differs. Concurrent writers of the lead take precedence.
 */
export const rebuildLead = async (props: RebuildLeadProps, walked: StoredLedger): Promise<RebuiltLead> => {
  let audited = await props.auditor.auditWalked(walked);
  for (let conflicts = 0; ; conflicts++) {
    const { findings, lead, ledger } = audited;
    const outcome = judgeOutcome(audited, props);
    const found = { outcome, findings, entries: ledger.entries.length };
    if (outcome !== 'differs' || props.dryRun || lead === undefined) return found;
    if (await restoreState(props, ledger, lead, props.now())) return { ...found, outcome: 'repaired' };
    if (conflicts === mostConflicts) return { ...found, outcome: 'refused' };
    audited = await props.auditor.audit(walked.leadId);
  }
};
