import { alignedRows } from '../text/table.ts';
import type { Summary } from './summary.ts';

const counted = (counts: Readonly<Record<string, number>>): string[] =>
  alignedRows(Object.entries(counts).map(([name, count]) => [`  ${name}`, count]));

/** What came of a run, for people. */
export const summaryLines = (summary: Summary): string[] => {
  const { received, recorded, duplicates, quarantined, announced, leads } = summary;
  return [
    `${received} events received: ${recorded} recorded, ${duplicates} duplicates, ${quarantined} quarantined.`,
    `${leads} leads; ${announced} changes announced.`,
    '',
    'By stage:',
    ...counted(summary.byStage),
    'By tier:',
    ...counted(summary.byTier),
  ];
};
