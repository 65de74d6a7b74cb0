import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  buildInsert,
  canonical,
  getItems,
  type Item,
  packed,
  S,
  type TableProps,
  text,
  unpacked,
  whenConditionHolds,
} from '../dynamodb/index.ts';
import { isModelSortKey, modelDirectoryKey, modelKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';
import { listInDirectory } from './model-directory.ts';

/**
 * Thrown if another document is already stored under this version. Leads were judged by that one, and must stay
 * explained by it.
 */
export class ModelVersionTakenError extends Error {
  readonly code = 'MODEL_VERSION_TAKEN';
  constructor(version: string) {
    super(
      `scoring model ${version} differs from the one that is stored under this version; ` +
        'allowed: the same document, or a new version',
    );
    this.name = 'ModelVersionTakenError';
  }
}

/**
 * The models that leads were judged by, stored for as long as ledgers name them, so that any ledger can be folded again
 * (I2).
 */
export interface ModelStore {
  /**
   * Stores a model and lists it in the directory, unless that is done already. Call it before the first lead is judged
   * by the model.
   *
   * @throws ModelVersionTakenError
   */
  ensureStored(version: string, document: ModelDocument): Promise<void>;
  load(version: string): Promise<ModelDocument | undefined>;
}

/**
 * Returns the item of a model. The document is stored with its names in the order given, by which reasons of equal
 * weight are listed.
 *
 * @param storedAt UTC, ISO 8601
 */
const modelItem = (version: string, document: ModelDocument, storedAt: string): Item => {
  const { pk, sk } = modelKey(version);
  return packed(
    {
      pk: S(pk),
      sk: S(sk),
      modelVersion: S(version),
      storedAt: S(storedAt),
      document: S(JSON.stringify(document)),
    },
    'document',
  );
};

export const parseModelItem = (item: Item): ModelDocument => unpacked(item, 'document');

/** Checks that a stored document is the one given. @throws ModelVersionTakenError */
export const assertSameModel = (version: string, stored: ModelDocument, document: ModelDocument): void => {
  // Nearly always the texts are equal, and sorting a model's names would make cold starts longer.
  if (JSON.stringify(stored) === JSON.stringify(document)) return;
  if (canonical(stored) !== canonical(document)) throw new ModelVersionTakenError(version);
};

/** Loads the stored models of some versions, in their order. One that isn't stored is left out. */
export const loadModels = async (
  props: TableProps,
  versions: Iterable<string>,
): Promise<ReadonlyMap<string, ModelDocument>> => {
  const asked = [...new Set(versions)];
  const items = await getItems(props, asked.map(modelKey));
  const found = new Map(items.map((item) => [text(item, 'modelVersion'), item]));
  return new Map(
    asked.flatMap((version) => {
      const item = found.get(version);
      return item === undefined ? [] : [[version, parseModelItem(item)] as const];
    }),
  );
};

export interface ModelStoreProps extends TableProps {
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number;
}

export const createDynamoDbModelStore = (props: ModelStoreProps): ModelStore => {
  const { client, table, now = Date.now } = props;

  const load = async (version: string): Promise<ModelDocument | undefined> => {
    const [item] = await getItems(props, [modelKey(version)]);
    return item && parseModelItem(item);
  };

  const insert = (version: string, document: ModelDocument, storedAt: string): Promise<boolean> => {
    const item = modelItem(version, document, storedAt);
    return whenConditionHolds(client.send(new PutItemCommand(buildInsert(table, item))));
  };

  const ensureStored = async (version: string, document: ModelDocument): Promise<void> => {
    const items = await getItems(props, [modelKey(version), modelDirectoryKey(version)]);
    const stored = items.find(({ sk }) => isModelSortKey(sk?.S ?? ''));
    if (stored === undefined) {
      const storedAt = new Date(now()).toISOString();
      // Another function of the same deployment may be first.
      if (!(await insert(version, document, storedAt))) return ensureStored(version, document);
      return listInDirectory(props, version, document, storedAt);
    }
    assertSameModel(version, parseModelItem(stored), document);
    // Models that were stored before there was a directory aren't in it, nor is one whose writer stopped half-way.
    if (items.length === 1) await listInDirectory(props, version, document, text(stored, 'storedAt'));
  };

  return { ensureStored, load };
};
