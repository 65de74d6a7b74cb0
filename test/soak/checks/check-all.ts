import { createDynamoDbModelStore } from '../../../shared/model-store/index.ts';
import { compileModel, type ScoringModel } from '../../../shared/scoring/index.ts';
import type { SentEvent } from '../producer/sent-events.ts';
import { checkErasures } from './erasures.ts';
import type { Finding } from './finding.ts';
import { checkFoldsInOrder } from './folds-in-order.ts';
import { checkFollowUps } from './follow-ups.ts';
import { checkLastAnnounced } from './last-announced.ts';
import { checkNothingLost } from './nothing-lost.ts';
import { checkRecordedOnce } from './recorded-once.ts';
import { checkRefolds } from './refolds.ts';
import { type Settled, settle } from './settled.ts';
import { readStored, type Stored, stateOf, type Tables } from './stored.ts';
import { checkVerdicts } from './verdicts.ts';
import { checkVersions } from './versions.ts';

export interface Checked {
  readonly stored: Stored;
  readonly settled: readonly Settled[];
  readonly findings: readonly Finding[];
}

/** The models that states name, from the table in which they are kept. */
const loadModels = async (
  { dynamodb: client, leads: table }: Tables,
  stored: Stored,
): Promise<(version: string) => ScoringModel> => {
  const models = new Map<string, ScoringModel>();
  const kept = createDynamoDbModelStore({ client, table });
  for (const lead of stored.leads.values()) {
    const state = stateOf(lead);
    if (state === undefined || !('modelVersion' in state) || models.has(state.modelVersion)) continue;
    const document = await kept.load(state.modelVersion);
    if (document !== undefined) models.set(state.modelVersion, compileModel(document));
  }
  return (version) => {
    const model = models.get(version);
    if (model === undefined) throw new Error(`the model ${version} is not kept`);
    return model;
  };
};

/** Reads both tables whole and holds them against what was sent. The stack has to be at rest. */
export const checkAll = async (tables: Tables, sent: readonly SentEvent[]): Promise<Checked> => {
  const stored = await readStored(tables);
  const settled = settle(stored, sent);
  const modelOf = await loadModels(tables, stored);
  const findings = [
    ...checkRecordedOnce(stored, sent),
    ...(await checkRefolds(tables, stored)),
    ...checkFoldsInOrder(stored, settled, modelOf),
    ...checkVersions(stored),
    ...checkLastAnnounced(stored),
    ...checkFollowUps(stored),
    ...checkNothingLost(stored, settled),
    ...checkVerdicts(stored, settled),
    ...checkErasures(stored, settled),
  ];
  return { stored, settled, findings };
};
