import {
  canonical,
  getItems,
  type Item,
  packed,
  S,
  type TableProps,
  text,
  unpacked,
} from '../dynamodb/index.ts';
import { modelKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';
import { RegistryError } from './registry.ts';

// The documents of models, stored for as long as ledgers name them, so that any ledger can be folded again (I2).

/** Returns the version by which a document is stored, activated and named by leads. @example success-ready@5 */
export const versionOf = ({ id, version }: Pick<ModelDocument, 'id' | 'version'>): string =>
  `${id}@${version}`;

/**
 * Returns the item of a model. The document is stored with its names in the order given, by which reasons of equal
 * weight are listed.
 *
 * @param storedAt UTC, ISO 8601
 */
export const modelItem = (version: string, document: ModelDocument, storedAt: string): Item => {
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

/** The most bytes of a document as JSON in UTF-8. With its keys and the attributes beside it, an item has 400 KB. */
const mostBytes = 390_000;

/** Checks that a document fits into an item of the table. @throws RegistryError `MODEL_TOO_LARGE` */
export const assertStorable = (version: string, document: ModelDocument): void => {
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes <= mostBytes) return;
  throw new RegistryError(
    'MODEL_TOO_LARGE',
    `scoring model ${version} takes ${bytes} bytes as JSON; allowed: at most ${mostBytes} bytes, which fit into an ` +
      'item of the table',
  );
};

export const parseModelItem = (item: Item): ModelDocument => unpacked(item, 'document');

/** Returns whether two documents are the same model, however their names are ordered. */
export const isSameModel = (a: ModelDocument, b: ModelDocument): boolean =>
  // Nearly always the texts are equal, and sorting a model's names would make cold starts longer.
  JSON.stringify(a) === JSON.stringify(b) || canonical(a) === canonical(b);

/**
 * Checks that a stored document is the one given: leads were judged by the stored one, and must stay explained by it.
 *
 * @throws RegistryError `MODEL_VERSION_TAKEN`
 */
export const assertSameModel = (version: string, stored: ModelDocument, document: ModelDocument): void => {
  if (isSameModel(stored, document)) return;
  throw new RegistryError(
    'MODEL_VERSION_TAKEN',
    `scoring model ${version} differs from the one that is stored under this version; ` +
      'allowed: the same document, or a new version',
  );
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

/** Loads the stored model of a version; undefined if it isn't stored. */
export const loadModel = async (props: TableProps, version: string): Promise<ModelDocument | undefined> =>
  (await loadModels(props, [version])).get(version);
