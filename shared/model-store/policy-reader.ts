import { getItems, type TableProps } from '../dynamodb/index.ts';
import { modelKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';
import { parseModelItem } from './documents.ts';

/** The attributes of a model's item that are read, beside the keys. */
const read = ['document'];

/**
 * Thrown if an announcement names a model that isn't stored. A model is stored before the first lead is judged by it, so
 * this is either a forged announcement or another table.
 */
export class ModelNotStoredError extends Error {
  readonly code = 'MODEL_NOT_STORED';
  constructor(version: string) {
    super(`scoring model ${version} is not stored; allowed: a version by which leads were judged`);
    this.name = 'ModelNotStoredError';
  }
}

/** Reads the document of a model version. @throws ModelNotStoredError */
export type DocumentReader = (version: string) => Promise<ModelDocument>;

/** Reads the policy of a model version. @throws ModelNotStoredError */
export type PolicyReader = (version: string) => Promise<ModelDocument['policy']>;

/**
 * Returns a reader that reads each version once in its life, since a stored model never changes. A version that couldn't
 * be read is read again the next time.
 */
export const createDocumentReader = (props: TableProps): DocumentReader => {
  const documents = new Map<string, Promise<ModelDocument>>();
  const load = async (version: string): Promise<ModelDocument> => {
    const [item] = await getItems(props, [modelKey(version)], read);
    if (item === undefined) throw new ModelNotStoredError(version);
    return parseModelItem(item);
  };
  return (version) => {
    const known = documents.get(version);
    if (known !== undefined) return known;
    const document = load(version);
    documents.set(version, document);
    document.catch(() => documents.delete(version));
    return document;
  };
};

/** Returns a reader of policies by a reader of documents. */
export const createPolicyReader =
  (readDocument: DocumentReader): PolicyReader =>
  async (version) =>
    (await readDocument(version)).policy;
