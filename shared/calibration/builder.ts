import type { ModelDocument } from '../scoring/index.ts';
import type { Field } from './columns/fields.ts';
import { readSources, type Source } from './columns/sources.ts';
import { buildDocument, type DocumentName } from './document/build-document.ts';
import type { Learnt } from './fit/learn.ts';
import type { Sample } from './fit/strengths.ts';
import type { FieldNote, Row } from './types.ts';

/** The sources that rows are read by, and the way in which a document is built of what was learnt from them. */
export interface Builder {
  readonly sources: readonly Source[];
  /** Builds a document; its tiers are to be set. Returns undefined if no criterion gives points. */
  readonly build: (learnt: Learnt, sample: Sample) => ModelDocument | undefined;
  /** Says of which fields or criteria nothing was learnt. */
  readonly note: (learnt: Learnt, sample: Sample) => FieldNote[];
}

/** Any three that are in order: they are replaced by those that outcomes bear out. */
const unset = { excellent: 75, good: 50, risky: 25 };

/** Creates a builder of a document of its own. */
export const createBuilder = (
  name: DocumentName,
  rows: readonly Row[],
  fields: readonly Field[],
): Builder => {
  const sources = fields.flatMap((field) => readSources(rows, field));
  return {
    sources,
    build: ({ weighed, effects }, sample) => buildDocument(name, weighed, effects, sample, unset),
    note: ({ weighed }) => {
      const used = new Set(
        weighed.map(({ column }) => `${column.source.field.kind} ${column.source.field.name}`),
      );
      return fields
        .filter(({ kind, name: of }) => !used.has(`${kind} ${of}`))
        .map(({ kind, name: of }) => ({
          field: { kind, name: of },
          text: 'no criterion is made of it: it says nothing of the outcome, or hardly two leads have the same value',
        }));
    },
  };
};
