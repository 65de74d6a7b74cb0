import { LocalStackError } from './errors.ts';

/** Returns the values of specs by the specs' ids. @param values by ARN */
export const indexById = <Value>(
  specs: readonly { readonly id: string; readonly arn: string }[],
  values: ReadonlyMap<string, Value>,
): Record<string, Value> =>
  Object.fromEntries(
    specs.flatMap(({ id, arn }) => {
      const value = values.get(arn);
      return value === undefined ? [] : [[id, value]];
    }),
  );

export const mapValues = <Value, Result>(
  values: Readonly<Record<string, Value>>,
  read: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, read(value)]));

/**
 * Returns the value of an id.
 *
 * @throws LocalStackError `UNKNOWN_NAME`
 */
export const lookUp = <Value>(values: Readonly<Record<string, Value>>, id: string, what: string): Value => {
  const value = Object.hasOwn(values, id) ? values[id] : undefined;
  if (value !== undefined) return value;
  const allowed = Object.keys(values).join(', ');
  throw new LocalStackError('UNKNOWN_NAME', `there is no ${what} ${id}; allowed are ${allowed}`);
};
