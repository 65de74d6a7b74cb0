import type { ModelDifferences } from '../../shared/model-diff/index.ts';
import { heading, indented, type Line } from '../output/line.ts';

/** Returns the differences of two models as lines, part by part. */
export const formatDifferences = (
  before: string,
  after: string,
  differences: readonly ModelDifferences[],
): Line[] =>
  differences.length === 0
    ? [`No difference between ${before} and ${after}.`]
    : differences.flatMap(({ about, sentences }, i) => [
        ...(i === 0 ? [] : ['']),
        heading(about),
        ...indented(sentences.map((sentence) => `${sentence}.`)),
      ]);
