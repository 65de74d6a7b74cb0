import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  buildInsert,
  canonical,
  getItems,
  type Item,
  packed,
  S,
  type TableProps,
  unpacked,
  whenConditionHolds,
} from '../dynamodb/index.ts';
import { modelKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';

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
   * Stores a model, unless it is stored already. Call it before the first lead is judged by the model.
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

  const insert = (version: string, document: ModelDocument): Promise<boolean> => {
    const item = modelItem(version, document, new Date(now()).toISOString());
    return whenConditionHolds(client.send(new PutItemCommand(buildInsert(table, item))));
  };

  const ensureStored = async (version: string, document: ModelDocument): Promise<void> => {
    const stored = await load(version);
    if (stored !== undefined) return assertSameModel(version, stored, document);
    // Another function of the same deployment may be first.
    if (!(await insert(version, document))) await ensureStored(version, document);
  };

  return { ensureStored, load };
};
