import { listFactNames, type ModelDocument } from '../../scoring/index.ts';
import { bagOf } from '../columns/fields.ts';
import type { Criterion } from '../document/criteria.ts';
import type { FieldName } from '../types.ts';

/** A model in use some of whose criteria give no points, since fields that they read are left out. */
export interface Silenced {
  readonly document: ModelDocument;
  /** The fields that are left out, by the id of each criterion that reads one of them. */
  readonly fieldsOf: ReadonlyMap<string, readonly FieldName[]>;
}

/** Returns why a criterion gives no points, in words. */
export const silencedNote = (fields: readonly FieldName[]): string =>
  `gives no points, since it reads ${fields.map(({ kind, name }) => `${kind} ${name}`).join(', ')}, which is left out`;

/** Returns a criterion that gives no points, whatever is known of a lead. */
const withoutPoints = (criterion: Criterion): Criterion => {
  if ('bands' in criterion) {
    return { ...criterion, bands: criterion.bands.map((band) => ({ ...band, points: 0 })) };
  }
  if ('table' in criterion) {
    const { otherwise: _otherwise, ...rest } = criterion;
    const entries = Object.entries(criterion.table).map(([value, entry]) => [
      value,
      typeof entry === 'number' ? 0 : { ...entry, points: 0 },
    ]);
    return { ...rest, table: Object.fromEntries(entries) };
  }
  return { ...criterion, points: 0 };
};

/**
 * Takes the points from each criterion of a model in use that reads a field that is left out, also by way of a lane, a
 * letter of BANT or anything else that is computed. Its words stay, and no figure has the field in it.
 */
export const silenceCriteria = (base: ModelDocument, leftOut: readonly FieldName[]): Silenced => {
  const fieldsOf = new Map<string, readonly FieldName[]>();
  const silence = (criterion: Criterion): Criterion => {
    const read = new Set(listFactNames(criterion, base).map(({ bag, name }) => `${bag} ${name}`));
    const fields = leftOut.filter(({ kind, name }) => read.has(`${bagOf[kind]} ${name}`));
    if (fields.length === 0) return criterion;
    fieldsOf.set(criterion.id, fields);
    return withoutPoints(criterion);
  };
  const dimensions = Object.entries(base.dimensions).map(([name, dimension]) => [
    name,
    { ...dimension, criteria: dimension.criteria.map(silence) },
  ]);
  return { document: { ...base, dimensions: Object.fromEntries(dimensions) }, fieldsOf };
};
