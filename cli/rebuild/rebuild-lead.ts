import type { TableProps } from '../../shared/dynamodb/index.ts';
import {
  type Audited,
  type Auditor,
  type Finding,
  restoreState,
  type StoredLedger,
} from '../../shared/ledger/index.ts';

export interface RebuildLeadProps extends TableProps {
  readonly auditor: Auditor;
  readonly dryRun: boolean;
  /** Rebuilds also what was judged otherwise than the kept models judge. */
  readonly trustModels: boolean;
}

export interface RebuiltLead {
  readonly outcome: 'healthy' | 'differs' | 'repaired' | 'refused';
  /** What was wrong. */
  readonly findings: readonly Finding[];
  readonly entries: number;
}

/** A lead that is written more often than this while it is being repaired is left for another run. */
const mostConflicts = 10;

const mendable = new Set<Finding['code']>(['state-differs']);

const isDifference = ({ findings }: Audited): boolean => findings.some(({ code }) => mendable.has(code));

/** What a state must not be made of: a broken chain, models that aren't there, or that say otherwise than the entries. */
const isRefused = ({ findings, lead }: Audited, { trustModels }: RebuildLeadProps): boolean =>
  lead === undefined ||
  findings.some(({ code }) => !mendable.has(code) && !(trustModels && code === 'decision-differs'));

const outcomeOf = (audited: Audited, props: RebuildLeadProps): RebuiltLead['outcome'] => {
  if (audited.findings.length === 0) return 'healthy';
  if (isRefused(audited, props)) return 'refused';
  return isDifference(audited) ? 'differs' : 'healthy';
};

/** Refolds a lead, and writes its state where that differs. Whoever writes the lead meanwhile goes first. */
export const rebuildLead = async (props: RebuildLeadProps, walked: StoredLedger): Promise<RebuiltLead> => {
  let audited = await props.auditor.auditWalked(walked);
  for (let conflicts = 0; ; conflicts++) {
    const { findings, lead, ledger } = audited;
    const outcome = outcomeOf(audited, props);
    const found = { outcome, findings, entries: ledger.entries.length };
    if (outcome !== 'differs' || props.dryRun || lead === undefined) return found;
    if (await restoreState(props, ledger, lead)) return { ...found, outcome: 'repaired' };
    if (conflicts === mostConflicts) return { ...found, outcome: 'refused' };
    audited = await props.auditor.audit(walked.leadId);
  }
};
