import { isObject } from '../../events/index.ts';
import type { ChangeEventHeader } from './change-event-header.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns fields with the one at a path set to null. A component of a compound field, `Address.Street`, is in an object of
 * its own, whose other components stay.
 */
const withNull = (fields: Fields, path: string): Fields => {
  const [name = '', component] = path.split('.', 2);
  if (component === undefined) return { ...fields, [name]: null };
  const compound = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return { ...fields, [name]: { ...(isObject(compound) && compound), [component]: null } };
};

/** Returns the value of a field, or of a component of a compound field; undefined if the event doesn't have it. */
const findField = (fields: Fields, path: string): unknown => {
  const [name = '', component] = path.split('.', 2);
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (component === undefined) return value;
  return isObject(value) && Object.hasOwn(value, component) ? value[component] : undefined;
};

/**
 * Reads the fields of a change event. Compound fields are objects of their components:
 * https://developer.salesforce.com/docs/platform/change-data-capture/guide/cdc-subscribe-compound-fields.html
 *
 * A field that was set to nothing is named in `nulledFields`, or is among the changed fields and null. A null alone says
 * nothing: events of new records have all fields.
 *
 * @returns the fields, null where something was removed; and the paths of those
 */
export const readChangedFields = (
  payload: Fields,
  { nulledFields, changedFields }: Pick<ChangeEventHeader, 'nulledFields' | 'changedFields'>,
): { readonly fields: Fields; readonly nulledFields: readonly string[] } => {
  const { ChangeEventHeader: _, ...given } = payload;
  const removed = changedFields.filter((path) => findField(given, path) === null);
  const nulled = [...new Set([...nulledFields, ...removed])];
  return { fields: nulled.reduce<Fields>(withNull, given), nulledFields: nulled };
};
