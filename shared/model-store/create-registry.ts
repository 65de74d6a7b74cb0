import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ActivationActions } from '../../events/index.ts';
import { buildInsert, getItems } from '../dynamodb/index.ts';
import { rescoringKey } from '../keys/index.ts';
import { type ModelDocument, parseModel } from '../scoring/index.ts';
import { commitChange, readPointer } from './change-models.ts';
import { assertSameModel, assertStorable, loadModel, modelItem, versionOf } from './documents.ts';
import type { FirstModelProps } from './first-model.ts';
import { directoryItem, readModelDirectory } from './model-directory.ts';
import { readModelHistory } from './model-history.ts';
import {
  type Occasion,
  type PlannedActivation,
  type PlannedChange,
  planActivation,
  planPublication,
  planRollback,
  planShadow,
  planShadowEnd,
} from './plan-change.ts';
import { type Author, type ModelHistoryEntry, type ModelRegistry, RegistryError } from './registry.ts';
import { parseRescoringJob, requestRescoring, rescoringJobItem } from './rescoring.ts';

/** The properties of a registry of models: the table of leads, and the clock. */
export type ModelRegistryProps = FirstModelProps;

const modelsChanged = (what: string): RegistryError =>
  new RegistryError(
    'MODELS_CHANGED',
    `${what}, and nothing was done; allowed: another try, once it is known which model is active now`,
  );

/** Checks that the model is active that the caller has seen. @throws RegistryError `MODELS_CHANGED` */
const assertExpected = ({ before }: Occasion, expected: string | undefined): void => {
  if (expected !== undefined && expected !== before?.active)
    throw modelsChanged(`${before?.active ?? 'no model'} is active, and not ${expected}`);
};

/** Creates the registry of models in the table of leads. */
export const createModelRegistry = (props: ModelRegistryProps): ModelRegistry => {
  const { table, now } = props;

  const start = async (author: Author): Promise<Occasion> => ({
    before: await readPointer(props),
    author,
    at: new Date(now()).toISOString(),
  });

  const commit = async (
    change: PlannedChange,
    belonging: readonly TransactWriteItem[] = [],
  ): Promise<ModelHistoryEntry> => {
    if (await commitChange(props, change, belonging)) return change.entry;
    throw modelsChanged('somebody else changed the models at the same time');
  };

  /** Reads the pace of the rescoring before: an operator who has slowed it down means the next one as well. */
  const readPace = async (): Promise<number | undefined> => {
    const [item] = await getItems(props, [rescoringKey]);
    return item && parseRescoringJob(item).writeUnitsPerSecond;
  };

  /** Commits an activation together with the rescoring of all leads, which takes the place of the one before. */
  const commitActivation = async ({ after, ...change }: PlannedActivation, actions: ActivationActions) => {
    const { active: modelVersion, activeRevision: revision, activatedAt: at } = after;
    const pace = await readPace();
    const job = rescoringJobItem(requestRescoring({ revision, modelVersion, actions, at }, pace));
    return commit({ after, ...change }, [{ Put: { TableName: table, Item: job } }]);
  };

  /** Checks that a model is published, and that this release can judge by it. */
  const assertUsable = async (version: string): Promise<void> => {
    const document = await loadModel(props, version);
    if (document === undefined)
      throw new RegistryError(
        'MODEL_NOT_PUBLISHED',
        `scoring model ${version} isn't published; allowed: a published version`,
      );
    parseModel(JSON.stringify(document), `the published model ${version}`);
  };

  return {
    readPointer: () => readPointer(props),

    async publish(document, author) {
      const version = versionOf(document);
      const occasion = await start(author);
      const stored = await loadModel(props, version);
      if (stored !== undefined) {
        assertSameModel(version, stored, document);
        return undefined;
      }
      assertStorable(version, document);
      const { at } = occasion;
      const items = [modelItem(version, document, at), directoryItem(version, document, at)];
      return commit(
        planPublication(occasion, version),
        items.map((item) => ({ Put: buildInsert(table, item) })),
      );
    },

    async activate(version, actions, author, expected) {
      const occasion = await start(author);
      assertExpected(occasion, expected);
      await assertUsable(version);
      return commitActivation(planActivation(occasion, version, actions), actions);
    },

    async rollBack(actions, author, expected) {
      const occasion = await start(author);
      assertExpected(occasion, expected);
      const planned = planRollback(occasion, actions);
      await assertUsable(planned.after.active);
      return commitActivation(planned, actions);
    },

    async shadow(version, author) {
      const occasion = await start(author);
      if (version === undefined) return commit(planShadowEnd(occasion));
      await assertUsable(version);
      return commit(planShadow(occasion, version));
    },

    list: (most) => readModelDirectory(props, most),
    history: (most, before) => readModelHistory(props, most, before),
    load: (version): Promise<ModelDocument | undefined> => loadModel(props, version),
  };
};
