import { showValue } from '../../events/index.ts';
import { type ModelDocument, modelDocument } from '../../shared/scoring/index.ts';
import { UsageError } from '../errors.ts';

/** The id, version and title of a model that is to be. */
export interface ModelName {
  readonly id: string;
  readonly version: string;
  readonly title: string;
}

const { id: idSchema, version: versionSchema } = modelDocument.shape;
const mostVersion = 32;

/** Returns the version after one: the next number, or the same with a word behind it. */
const nextVersion = (version: string): string =>
  /^\d{1,9}$/.test(version)
    ? String(Number(version) + 1)
    : `${version.slice(0, mostVersion - '-calibrated'.length)}-calibrated`;

const chooseName = (
  given: string | undefined,
  base: ModelDocument | undefined,
  success: string,
): ModelName => {
  const title = base?.title ?? `Calibrated: ${success}`.slice(0, 300);
  if (given === undefined) {
    return base === undefined
      ? { id: 'calibrated', version: '1', title }
      : { id: base.id, version: nextVersion(base.version), title };
  }
  const [id, version, ...rest] = given.split('@');
  if (rest.length === 0 && idSchema.safeParse(id).success && versionSchema.safeParse(version).success) {
    return { id: id as string, version: version as string, title };
  }
  throw new UsageError(
    `--as: given ${showValue(given)}; allowed: an id and a version, such as success-ready@6`,
  );
};

/**
 * Returns the name of the model that will be made. It is never that of the base: a version is one model for good, since
 * leads are explained by it.
 *
 * @param given `<id>@<version>` as the user wants it
 * @throws UsageError
 */
export const nameModel = (
  given: string | undefined,
  base: ModelDocument | undefined,
  success: string,
): ModelName => {
  const name = chooseName(given, base, success);
  if (base === undefined || name.id !== base.id || name.version !== base.version) return name;
  const taken = `${base.id}@${base.version}`;
  const said = given === undefined ? `not given, and the next version would be ${taken}` : `given ${taken}`;
  throw new UsageError(`--as: ${said}, which is the base itself; allowed: another version`);
};
