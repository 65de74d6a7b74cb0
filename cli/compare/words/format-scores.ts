import { type ComparisonTally, scoreBins } from '../../../shared/comparison/index.ts';
import { rounded } from '../../explain/dimension-words.ts';
import type { Line } from '../../output/line.ts';
import { indentedTable } from '../../report/text/format-figures.ts';

/** The longest bar, in characters. */
const longestBar = 24;

const width = 100 / scoreBins;

const bar = (count: number, most: number): string => {
  const length = (longestBar * count) / most;
  return '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round(length)));
};

/** Formats how the scores are distributed, each bin with its number of leads and a bar. */
export const formatScores = ({ scores, scoreSums, leads }: ComparisonTally): Line[] => {
  const most = Math.max(1, ...scores.a, ...scores.b);
  const mean = (sum: number): string => rounded(leads === 0 ? 0 : sum / leads);
  const rows = scores.a.map((inA, i) => {
    const inB = scores.b[i] ?? 0;
    const upper = (i + 1) * width;
    const name = upper === 100 ? `${i * width} to 100` : `${i * width} to below ${upper}`;
    return [name, inA, bar(inA, most), inB, bar(inB, most)];
  });
  return [
    indentedTable([['score', 'by A', '', 'by B', ''], ...rows]),
    `  The mean is ${mean(scoreSums.a)} by A and ${mean(scoreSums.b)} by B.`,
  ];
};
