import { formatCount } from '../text/format-count.ts';
import { alignedRows } from '../text/table.ts';
import type { Summary } from './summary.ts';

const formatCounts = (counts: Readonly<Record<string, number>>): string[] =>
  alignedRows(Object.entries(counts).map(([name, count]) => [`  ${name}`, count]));

/** Returns the summary of a run as lines for people. */
export const formatSummary = (summary: Summary): string[] => {
  const { received, recorded, duplicates, quarantined, clockEvents, expiredDeadlines, announced, leads } =
    summary;
  return [
    `${formatCount(received, 'event')} received: ${recorded} recorded, ${formatCount(duplicates, 'duplicate')}, ${quarantined} quarantined.`,
    ...(clockEvents + expiredDeadlines > 0
      ? [
          `Time alone changed leads ${formatCount(clockEvents, 'time')}; ${formatCount(expiredDeadlines, 'deadline')} passed unanswered.`,
        ]
      : []),
    `${formatCount(leads, 'lead')}; ${formatCount(announced, 'announcement')}.`,
    '',
    'By stage:',
    ...formatCounts(summary.byStage),
    'By tier:',
    ...formatCounts(summary.byTier),
  ];
};
