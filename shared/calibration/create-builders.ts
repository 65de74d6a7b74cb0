import { createBaseBuilder } from './base/build-from-base.ts';
import { silenceCriteria } from './base/silence-criteria.ts';
import { type Builder, createBuilder } from './builder.ts';
import type { Field } from './columns/fields.ts';
import type { Job } from './job.ts';
import type { FieldName } from './types.ts';

/** The builders of the document that is tested, and of the one that is returned: both are the same without lanes. */
export interface Builders {
  readonly tested: Builder;
  readonly whole: Builder;
}

/**
 * Creates builders of documents of their own, or upon the model in use. The one that is tested knows of lanes only what
 * was known when the test time began: figures of later customers would hold the outcomes that it is tested on.
 *
 * @param fields those of which criteria may be made
 * @param leftOut those that no criterion may read
 */
export const createBuilders = (
  { rows, split, options }: Job,
  fields: readonly Field[],
  leftOut: readonly FieldName[],
): Builders => {
  const { base, baseBy } = options;
  if (base === undefined) {
    const builder = createBuilder(options, rows, fields);
    return { tested: builder, whole: builder };
  }
  const buildUpon = (document: typeof base): Builder =>
    createBaseBuilder(silenceCriteria(document, leftOut), options, rows);
  const whole = buildUpon(base);
  const [first] = split.test;
  const start = first === undefined ? undefined : rows[first]?.at;
  return { whole, tested: baseBy && start !== undefined ? buildUpon(baseBy(start)) : whole };
};
