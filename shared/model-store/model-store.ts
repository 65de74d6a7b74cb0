import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
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

/** Another document is kept under this version already; leads were judged by it, and must stay explained by it. */
export class ModelVersionTakenError extends Error {
  readonly code = 'MODEL_VERSION_TAKEN';
  constructor(version: string) {
    super(
      `scoring model ${version} differs from the one that is kept under this version; allowed: the same document, or a new version`,
    );
    this.name = 'ModelVersionTakenError';
  }
}

/** The models that leads were judged by, kept for as long as ledgers name them: any ledger can be folded again (I2). */
export interface KeptModels {
  /** Keeps a model before the first lead is judged by it. @throws ModelVersionTakenError */
  keep(version: string, document: ModelDocument): Promise<void>;
  load(version: string): Promise<ModelDocument | undefined>;
}

/**
 * The document as it was given: the order of its names is that in which reasons of one weight are told.
 *
 * @param keptAt UTC, ISO 8601: when the first lead was judged by it
 */
export const modelItem = (version: string, document: ModelDocument, keptAt: string): Item => {
  const { pk, sk } = modelKey(version);
  return packed(
    {
      pk: S(pk),
      sk: S(sk),
      modelVersion: S(version),
      keptAt: S(keptAt),
      document: S(JSON.stringify(document)),
    },
    'document',
  );
};

export const parseModelItem = (item: Item): ModelDocument => unpacked(item, 'document');

/** @throws ModelVersionTakenError */
export const assertSameModel = (version: string, kept: ModelDocument, document: ModelDocument): void => {
  // Nearly always it is the same text, and a cold start has better things to do than to sort a model's names.
  if (JSON.stringify(kept) === JSON.stringify(document)) return;
  if (canonical(kept) !== canonical(document)) throw new ModelVersionTakenError(version);
};

export interface KeptModelsProps extends TableProps {
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number;
}

export const createDynamoDbModels = (props: KeptModelsProps): KeptModels => {
  const { now = Date.now } = props;

  const load = async (version: string): Promise<ModelDocument | undefined> => {
    const [item] = await getItems(props, [modelKey(version)]);
    return item && parseModelItem(item);
  };

  const put = async (version: string, document: ModelDocument): Promise<void> => {
    const Item = modelItem(version, document, new Date(now()).toISOString());
    const putting = props.client.send(
      new PutItemCommand({
        TableName: props.table,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    // Else another function of the same deployment was first.
    if (!(await whenConditionHolds(putting))) await keep(version, document);
  };

  const keep = async (version: string, document: ModelDocument): Promise<void> => {
    const kept = await load(version);
    if (kept === undefined) return put(version, document);
    assertSameModel(version, kept, document);
  };

  return { keep, load };
};
