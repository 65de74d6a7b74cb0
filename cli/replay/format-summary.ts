import { alignedRows } from '../text/table.ts';
import type { Summary } from './summary.ts';

const formatCounts = (counts: Readonly<Record<string, number>>): string[] =>
  alignedRows(Object.entries(counts).map(([name, count]) => [`  ${name}`, count]));

/** Returns the summary of a run as lines for people. */
export const formatSummary = (summary: Summary): string[] => {
  const { received, recorded, duplicates, quarantined, announced, leads } = summary;
  return [
    `${received} events received: ${recorded} recorded, ${duplicates} duplicates, ${quarantined} quarantined.`,
    `${leads} leads; ${announced} changes announced.`,
    '',
    'By stage:',
    ...formatCounts(summary.byStage),
    'By tier:',
    ...formatCounts(summary.byTier),
  ];
};
