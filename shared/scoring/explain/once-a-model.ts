import type { ModelDocument } from '../document/model.ts';

/** Works something out of a dimension once a model: models don't change from lead to lead. */
export const onceAModel = <T>(
  workOut: (document: ModelDocument, dimension: string) => T,
): ((document: ModelDocument, dimension: string) => T) => {
  const known = new WeakMap<ModelDocument, Map<string, T>>();
  return (document, dimension) => {
    const ofModel = known.get(document) ?? new Map<string, T>();
    known.set(document, ofModel);
    if (!ofModel.has(dimension)) ofModel.set(dimension, workOut(document, dimension));
    return ofModel.get(dimension) as T;
  };
};
