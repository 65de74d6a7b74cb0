import { getItems, type TableProps } from '../dynamodb/index.ts';
import { modelKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';
import { parseModelItem } from './model-store.ts';

/** The attributes of a model's item that a reader of policies touches, beside the keys. */
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

/** Reads the policy of a model version. @throws ModelNotStoredError */
export type PolicyReader = (version: string) => Promise<ModelDocument['policy']>;

/**
 * Returns a reader that reads each version once in its life, since a stored model never changes. A version that couldn't
 * be read is read again the next time.
 */
export const createPolicyReader = (props: TableProps): PolicyReader => {
  const policies = new Map<string, Promise<ModelDocument['policy']>>();
  const load = async (version: string): Promise<ModelDocument['policy']> => {
    const [item] = await getItems(props, [modelKey(version)], read);
    if (item === undefined) throw new ModelNotStoredError(version);
    return parseModelItem(item).policy;
  };
  return (version) => {
    const known = policies.get(version);
    if (known !== undefined) return known;
    const policy = load(version);
    policies.set(version, policy);
    policy.catch(() => policies.delete(version));
    return policy;
  };
};
