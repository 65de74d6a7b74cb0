import { bestFirst, type DeadlineCounts, type Deadlines } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { formatCount } from '../../text/format-count.ts';
import { formatShare, indentedTable } from './format-figures.ts';

const row = (queue: string, tier: string, { kept, missed }: DeadlineCounts): (string | number)[] => [
  queue,
  tier,
  kept,
  missed,
  formatShare(kept, kept + missed),
];

/** Formats how many deadlines of hand-offs were kept and missed. */
export const formatDeadlines = ({ byQueue, all }: Deadlines): Line[] => {
  const total = all.kept + all.missed;
  if (total === 0) return ['No deadline of a hand-off was kept or missed.'];
  return [
    `Of ${formatCount(total, 'deadline')} of hand-offs ${all.kept} were kept (${formatShare(all.kept, total)}), ${all.missed} missed.`,
    '',
    indentedTable([
      ['queue', 'tier', 'kept', 'missed', 'kept in time'],
      ...byQueue.flatMap(({ queue, byTier, all: ofQueue }) => [
        ...bestFirst
          .filter((tier) => byTier[tier].keptShare !== null)
          .map((tier) => row(queue, tier, byTier[tier])),
        row(queue, 'all', ofQueue),
      ]),
    ]),
  ];
};
