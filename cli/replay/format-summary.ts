import { formatCount } from '../text/format-count.ts';
import { alignedRows } from '../text/table.ts';
import type { Summary } from './summary.ts';

const formatCounts = (counts: Readonly<Record<string, number>>): string[] =>
  alignedRows(Object.entries(counts).map(([name, count]) => [`  ${name}`, count]));

/** Returns the summary of a run as lines for people. */
export const formatSummary = (summary: Summary): string[] => {
  const { received, recorded, duplicates, quarantined, clockEvents, expiredDeadlines, announced, leads } =
    summary;
  const { settled, unsettled } = summary;
  return [
    `${formatCount(received, 'event')} received: ${recorded} recorded, ${formatCount(duplicates, 'duplicate')}, ${quarantined} quarantined.`,
    ...(clockEvents + expiredDeadlines > 0
      ? [
          `Time alone changed leads ${formatCount(clockEvents, 'time')}; ${formatCount(expiredDeadlines, 'deadline')} passed unanswered.`,
        ]
      : []),
    ...(settled + unsettled > 0
      ? [
          `History: ${formatCount(settled, 'lead')} settled${unsettled > 0 ? `, ${unsettled} not yet, since the time given ends before` : ''}.`,
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
