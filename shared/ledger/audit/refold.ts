import { canonical } from '../../dynamodb/index.ts';
import { decide, isClosed, type Lead, type LeadState } from '../../lead/index.ts';
import type { ClosingEntry, DecidedEntry, LedgerEntry } from '../entry-items.ts';
import { byPosition } from './entry-position.ts';
import type { Finding } from './finding.ts';
import type { ModelOf } from './models.ts';

/** The fold of a ledger. */
export interface Refolded {
  /** Undefined if the ledger has no entry, or can't be folded for the reasons that the findings give. */
  readonly lead: Lead | undefined;
  readonly findings: readonly Finding[];
}

interface Fold extends Refolded {
  /** Whether an earlier entry is unknown: it was erased, or its model is missing. */
  readonly isBlind: boolean;
}

const at = ({ version, ordinal, sk }: LedgerEntry) => ({ version, ordinal, sk });

const blind = (fold: Fold, finding?: Finding): Fold => ({
  lead: undefined,
  isBlind: true,
  findings: finding === undefined ? fold.findings : [...fold.findings, finding],
});

const differs = (entry: LedgerEntry, sentence: string): Finding => ({
  code: 'decision-differs',
  ...at(entry),
  sentence,
});

/** Returns the names of the parts of a standing in which an entry and its model differ. */
const differingNames = (
  entry: DecidedEntry,
  {
    dimensions: _,
    disqualification: __,
    announced: ___,
    announcedScore: ____,
    actionsWait: _____,
    ...standing
  }: LeadState,
) => {
  const refolded = new Map<string, unknown>(Object.entries(standing));
  const stored = new Map<string, unknown>(Object.entries(entry.standing));
  for (const name of ['leadId', 'version', 'facts']) refolded.delete(name);
  const text = (value: unknown) => (value === undefined ? '' : canonical(value));
  return [...new Set([...stored.keys(), ...refolded.keys()])].filter(
    (name) => text(stored.get(name)) !== text(refolded.get(name)),
  );
};

const foldDecided = (fold: Fold, entry: DecidedEntry, modelOf: ModelOf): Fold => {
  if (fold.isBlind) return fold;
  const before = fold.lead;
  if (before !== undefined && isClosed(before))
    return blind(fold, differs(entry, 'it was judged, but the lead was closed before'));
  const { modelVersion } = entry.standing;
  const model = modelOf(modelVersion);
  if (model === undefined)
    return blind(fold, {
      code: 'model-missing',
      ...at(entry),
      sentence: `it was judged by model ${modelVersion}, which isn't stored: its decision can't be computed again`,
    });
  const { state } = decide(model, before, entry.event);
  const names = differingNames(entry, state);
  const finding = differs(entry, `its model decides otherwise: ${names.join(', ')}`);
  return {
    lead: { ...state, leadId: entry.leadId, version: entry.version },
    isBlind: false,
    findings: names.length === 0 ? fold.findings : [...fold.findings, finding],
  };
};

/** Folds a closing entry, which doesn't depend on the entries before it. */
const foldClosing = (fold: Fold, { leadId, version, change }: ClosingEntry): Fold => ({
  lead:
    change.type === 'LeadErased'
      ? { leadId, version, status: 'erased' }
      : { leadId, version, status: 'merged', mergedInto: change.mergedInto },
  isBlind: false,
  findings: fold.findings,
});

const foldEntry = (fold: Fold, entry: LedgerEntry, modelOf: ModelOf): Fold => {
  switch (entry.kind) {
    case 'decided':
      return foldDecided(fold, entry, modelOf);
    case 'closing':
      return foldClosing(fold, entry);
    case 'erased':
      return fold.lead?.status === 'erased'
        ? { ...fold, lead: { ...fold.lead, version: entry.version } }
        : blind(fold);
    default:
      return entry satisfies never;
  }
};

/**
 * Folds a ledger again, each entry judged by the model that it names (I2). The entry of a merge contains the other
 * lead's facts, so that folding a ledger never needs another one.
 */
export const refold = (entries: readonly LedgerEntry[], modelOf: ModelOf): Refolded => {
  let fold: Fold = { lead: undefined, isBlind: false, findings: [] };
  for (const entry of [...entries].sort(byPosition)) fold = foldEntry(fold, entry, modelOf);
  const { lead, findings } = fold;
  return { lead, findings };
};
