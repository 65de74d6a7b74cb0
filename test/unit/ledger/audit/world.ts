import { isEntrySortKey, leadKey } from '../../../../shared/keys/index.ts';
import {
  type Anchor,
  createErasures,
  createModelLibrary,
  erased,
  type Finding,
  findMergedLead,
  type InspectDeps,
  inspectLead,
  isPersonalEntry,
  type StoredLedger,
} from '../../../../shared/ledger/index.ts';
import { buildBatch, createScoringWorld } from '../../../support/deliveries.ts';
import { compileDocument, smallDocument } from '../../../support/models.ts';

const second = () => ({
  ...smallDocument(),
  version: '2',
  tiers: { excellent: 60, good: 40, risky: 10, hysteresis: 5 },
});

/** Creates two functions whose models judge differently, over one table in memory. */
export const createAuditWorld = () => {
  const models = [compileDocument(smallDocument()), compileDocument(second())] as const;
  const [model, newer] = models;
  const first = createScoringWorld({ model });
  const { memory, stores } = first;
  const worlds = [first, createScoringWorld({ model: newer, stores })] as const;

  const score = async (by: 0 | 1, ...events: readonly unknown[]): Promise<void> => {
    await stores.models.ensureStored(models[by].version, models[by].document);
    const { batchItemFailures } = await worlds[by].score(buildBatch(...events));
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events failed`);
  };

  const stored = (leadId: string): StoredLedger => {
    const own = memory.items().filter(({ pk }) => pk?.S === leadKey(leadId));
    return {
      leadId,
      state: own.find(({ sk }) => sk?.S === 'STATE'),
      entries: own.filter(({ sk }) => isEntrySortKey(sk?.S ?? '')),
    };
  };

  const { put } = memory;

  /** Erases a lead as erase-lead does. */
  const scrub = (leadId: string): void => {
    for (const item of stored(leadId).entries) {
      const merged = findMergedLead(item);
      if (isPersonalEntry(item)) put(erased(item));
      if (merged !== undefined) scrub(merged);
    }
  };

  const deps: InspectDeps = {
    models: createModelLibrary(stores.models.load),
    erasures: createErasures(memory),
  };

  const inspect = (leadId: string, change: (ledger: StoredLedger) => StoredLedger = (ledger) => ledger) =>
    inspectLead(deps, change(stored(leadId)));

  const findings = async (
    ledger: StoredLedger,
    anchors?: readonly Anchor[],
    other: Partial<InspectDeps> = {},
  ): Promise<readonly Finding[]> => {
    const { chain, fold } = await inspectLead({ ...deps, ...other }, ledger, anchors);
    return [...chain, ...fold];
  };

  return { memory, score, stored, put, scrub, inspect, findings };
};
