import { compileModel, type ModelDocument } from '../../scoring/index.ts';
import type { Builder } from '../builder.ts';
import type { CriterionSource } from '../columns/sources.ts';
import { tallyBins } from '../columns/tally.ts';
import type { DocumentName } from '../document/build-document.ts';
import type { Learnt } from '../fit/learn.ts';
import type { Sample } from '../fit/strengths.ts';
import { clamp } from '../math.ts';
import type { FieldNote, Row } from '../types.ts';
import { readCriteria } from './read-criteria.ts';
import { replacePoints } from './replace-points.ts';
import { type Silenced, silencedNote } from './silence-criteria.ts';

/** The fewest leads to which a criterion gives points from which it is learnt. */
const fewestLeads = 40;

/** Returns the stage at which most leads were judged: its scorecard says what a point of a dimension is worth. */
const findStage = (rows: readonly Row[]): Row['stage'] => {
  const counts = new Map<Row['stage'], number>();
  for (const { stage } of rows) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'mql';
};

const isMetByEnough = ({ bins }: CriterionSource): boolean => {
  let met = 0;
  for (const bin of bins) if (bin > 0) met++;
  return met >= fewestLeads;
};

/** The effects of a criterion that was learnt. */
interface Part {
  readonly source: CriterionSource;
  /** The log odds that each bin adds to those of a lead to which the criterion gives nothing. */
  readonly added: Float64Array;
}

const selectParts = ({ weighed, effects }: Learnt, dimension: string): Part[] =>
  weighed.flatMap(({ column: { source } }, j) => {
    if (source.kind !== 'criterion' || source.dimension !== dimension) return [];
    const of = effects.effects[j] as Float64Array;
    return [{ source, added: of.map((effect) => effect - (of[0] as number)) }];
  });

/** Returns the least and the greatest sum of log odds of the leads in a dimension. */
const findRange = (parts: readonly Part[], { indexes }: Sample): { least: number; span: number } => {
  let [least, greatest] = [0, 0];
  for (const i of indexes) {
    const sum = parts.reduce(
      (all, { source, added }) => all + (added[source.bins[i] as number] as number),
      0,
    );
    least = Math.min(least, sum);
    greatest = Math.max(greatest, sum);
  }
  return { least, span: greatest - least };
};

/**
 * Creates a builder that gives a model in use other points: ids, words, conditions, bounds, scorecards, lanes and policy
 * stay. The scorecard of the stage at which leads were judged says what a point of each dimension is worth, so that the
 * score is a line over log odds. A criterion keeps its points if its dimension doesn't count at that stage, hardly any
 * lead meets it, or later time doesn't bear it out; one that is silenced gives none.
 */
export const createBaseBuilder = (
  { document: base, fieldsOf }: Silenced,
  { id, version, title }: DocumentName,
  rows: readonly Row[],
): Builder => {
  const shares = compileModel(base).scorecards[findStage(rows)];
  const shareOf = new Map(Object.keys(base.dimensions).map((dimension, i) => [dimension, shares[i] ?? 0]));
  const sources = readCriteria(base, rows).filter(
    (source) =>
      (shareOf.get(source.dimension) ?? 0) > 0 && isMetByEnough(source) && !fieldsOf.has(source.field.name),
  );
  const build = (learnt: Learnt, sample: Sample): ModelDocument | undefined => {
    if (learnt.weighed.length === 0) return undefined;
    const dimensions = Object.entries(base.dimensions).map(([name, dimension]) => {
      const parts = selectParts(learnt, name);
      return { name, dimension, parts, ...findRange(parts, sample), share: shareOf.get(name) ?? 0 };
    });
    // Log odds that are one point of the score: the dimension that needs most of its scale decides.
    const unit = Math.max(
      ...dimensions.map(({ span, share }) => (share > 0 ? span / (100 * share) : 0)),
      1e-9,
    );
    const replaced = dimensions.map(({ name, dimension, parts, least, share }) => {
      if (parts.length === 0) return [name, dimension] as const;
      const scale = 1 / (unit * share);
      const criteria = dimension.criteria.map((criterion) => {
        const part = parts.find(({ source }) => source.field.name === criterion.id);
        if (part === undefined) return criterion;
        const { bins, size } = part.source;
        const tally = tallyBins(bins, size, sample.outcomes, sample.indexes);
        return replacePoints(
          criterion,
          part.added.map((one) => one * scale),
          tally,
        );
      });
      return [name, { ...dimension, base: clamp(Math.round(-least * scale), 0, 100) + 0, criteria }] as const;
    });
    return { ...base, id, version, title, dimensions: Object.fromEntries(replaced) };
  };
  const explainKept = (criterion: string, dimension: string): string => {
    const fields = fieldsOf.get(criterion);
    if (fields !== undefined) return silencedNote(fields);
    return (shareOf.get(dimension) ?? 0) > 0
      ? 'keeps its points: too little is known to learn others'
      : 'keeps its points: its dimension doesn’t count at the stage of these leads';
  };
  const note = ({ weighed }: Learnt): FieldNote[] => {
    const learnt = new Set(weighed.map(({ column }) => column.source.field.name));
    return Object.entries(base.dimensions).flatMap(([dimension, { criteria }]) =>
      criteria
        .filter((criterion) => !learnt.has(criterion.id))
        .map(({ id: criterion }) => ({ criterion, text: explainKept(criterion, dimension) })),
    );
  };
  return { sources, build, note };
};
