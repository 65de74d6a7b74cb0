import type { ModelDocument } from '../document/model.ts';

/**
 * Returns a function that computes something about a dimension once for each model: models don't change from lead to
 * lead.
 */
export const memoizePerModel = <T>(
  compute: (document: ModelDocument, dimension: string) => T,
): ((document: ModelDocument, dimension: string) => T) => {
  const known = new WeakMap<ModelDocument, Map<string, T>>();
  return (document, dimension) => {
    const ofModel = known.get(document) ?? new Map<string, T>();
    known.set(document, ofModel);
    if (!ofModel.has(dimension)) ofModel.set(dimension, compute(document, dimension));
    return ofModel.get(dimension) as T;
  };
};
