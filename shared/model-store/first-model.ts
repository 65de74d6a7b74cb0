import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { buildInsert, getItems, type TableProps, text } from '../dynamodb/index.ts';
import { isModelSortKey, modelDirectoryKey, modelKey } from '../keys/index.ts';
import type { ScoringModel } from '../scoring/index.ts';
import { commitChange, readPointer } from './change-models.ts';
import { assertSameModel, modelItem, parseModelItem } from './documents.ts';
import { directoryItem } from './model-directory.ts';
import { type ActivePointer, isActive, planFirst } from './plan-change.ts';
import { type Author, RegistryError } from './registry.ts';

export interface FirstModelProps extends TableProps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The author of the first activation. */
const author: Author = {
  by: 'deployment',
  reason: 'The model that was deployed with the functions is the first one of this table',
};

/** Returns the writes by which a model is stored and listed, as far as it isn't. @throws RegistryError */
const storingWrites = async (
  props: FirstModelProps,
  { version, document }: ScoringModel,
  at: string,
): Promise<TransactWriteItem[]> => {
  const items = await getItems(props, [modelKey(version), modelDirectoryKey(version)]);
  const stored = items.find(({ sk }) => isModelSortKey(sk?.S ?? ''));
  if (stored !== undefined) assertSameModel(version, parseModelItem(stored), document);
  const isListed = items.length > (stored === undefined ? 0 : 1);
  const storedAt = stored === undefined ? at : text(stored, 'storedAt');
  const missing = [
    ...(stored === undefined ? [modelItem(version, document, at)] : []),
    // A model that was stored before there was a directory isn't in it.
    ...(isListed ? [] : [directoryItem(version, document, storedAt)]),
  ];
  return missing.map((item) => ({ Put: buildInsert(props.table, item) }));
};

/** The most attempts. Another function that is first makes the same model active; only people make another attempt fail. */
const mostAttempts = 5;

/**
 * Makes the model that was deployed with a function the first one of a table in which none is active, and returns the
 * pointer at the active model. Later deployments change nothing. A first model requests no rescoring: leads that an
 * earlier release has judged are judged by it at their next event, as they always were.
 *
 * @throws RegistryError `MODEL_VERSION_TAKEN` if another document is stored under the version
 */
export const ensureFirst = async (
  props: FirstModelProps,
  deployed: ScoringModel,
  attempt = 1,
): Promise<ActivePointer> => {
  const before = await readPointer(props);
  if (isActive(before)) return before;
  const at = new Date(props.now()).toISOString();
  const change = planFirst({ before, author, at }, deployed.version);
  const writes = await storingWrites(props, deployed, at);
  if (await commitChange(props, change, writes)) return change.after;
  if (attempt < mostAttempts) return ensureFirst(props, deployed, attempt + 1);
  throw new RegistryError(
    'MODELS_CHANGED',
    'somebody else changed the models again and again; allowed: another try',
  );
};
