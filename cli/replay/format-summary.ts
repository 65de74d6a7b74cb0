import { formatCount } from '../text/format-count.ts';
import { alignedRows } from '../text/table.ts';
import type { FastSummary } from './fast/fast-replay.ts';
import type { Summary } from './summary.ts';

const formatCounts = (counts: Readonly<Record<string, number>>): string[] =>
  alignedRows(Object.entries(counts).map(([name, count]) => [`  ${name}`, count]));

const formatTime = (clockEvents: number, expiredDeadlines: number | undefined): string[] => {
  if (clockEvents + (expiredDeadlines ?? 0) === 0) return [];
  const changed = `Time alone changed leads ${formatCount(clockEvents, 'time')}`;
  return [
    expiredDeadlines === undefined
      ? `${changed}.`
      : `${changed}; ${formatCount(expiredDeadlines, 'deadline')} passed unanswered.`,
  ];
};

const formatHistory = ({ settled, unsettled }: Pick<Summary, 'settled' | 'unsettled'>): string[] => {
  if (settled + unsettled === 0) return [];
  const open = unsettled > 0 ? `, ${unsettled} not yet, since the time given ends before` : '';
  return [`History: ${formatCount(settled, 'lead')} settled${open}.`];
};

/** Returns the summary of a run, whole or fast, as lines for people. */
export const formatSummary = (summary: Summary | FastSummary): string[] => {
  const { received, recorded, duplicates, quarantined, clockEvents, leads } = summary;
  const isWhole = 'announced' in summary;
  const announced = isWhole
    ? formatCount(summary.announced, 'announcement')
    : formatCount(summary.changes, 'change');
  return [
    `${formatCount(received, 'event')} received: ${recorded} recorded, ${formatCount(duplicates, 'duplicate')}, ${quarantined} quarantined.`,
    ...formatTime(clockEvents, isWhole ? summary.expiredDeadlines : undefined),
    ...formatHistory(summary),
    `${formatCount(leads, 'lead')}; ${announced}.`,
    '',
    'By stage:',
    ...formatCounts(summary.byStage),
    'By tier:',
    ...formatCounts(summary.byTier),
  ];
};
