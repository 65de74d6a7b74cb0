import type { Environment } from './environments.ts';

/** The model that is shipped with Sluice. Its weights are examples. */
const shipped = 'models/success-ready.json';

/**
 * Returns the file of the model by which the leads of an empty table are judged first, relative to the project's root.
 *
 * @throws Error if the environment needs one that somebody has chosen, and none is given
 */
export const chooseModel = ({ name, modelIsOptional }: Environment, given: string | undefined): string => {
  if (given !== undefined) return given;
  if (modelIsOptional) return shipped;
  throw new Error(
    `context model: not given, and the first leads of ${name} would be judged by weights that nobody has chosen; ` +
      `allowed: the path of a model's file, such as -c model=models/shop.json, or -c model=${shipped} for the one that is shipped`,
  );
};
