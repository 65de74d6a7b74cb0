import { fewestStays, type Stuck, type StuckAt } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { formatCount } from '../../text/format-count.ts';
import { days, indentedTable } from './format-figures.ts';

const formatBound = ({ longerThanDays, measure }: StuckAt): string =>
  measure === 'stays'
    ? `${days(longerThanDays)}: 9 of 10 that left were quicker`
    : `${days(longerThanDays)}: fewer than ${fewestStays} have left`;

/** Formats the number of stuck leads at each stage, and lists those that have stayed longest. */
export const formatStuck = ({ total, byStage, longest }: Stuck): Line[] => {
  const occupied = byStage.filter(({ active }) => active > 0);
  if (occupied.length === 0) return ['No lead is on its way.'];
  const lanes = longest.some(({ lane }) => lane !== null);
  return [
    `${formatCount(total, 'lead has', 'leads have')} been at a stage for longer than is usual there. Disqualified leads and customers don't count.`,
    '',
    indentedTable([
      ['stage', 'leads', 'stuck', 'there for more than'],
      ...occupied.map((at) => [at.stage, at.active, at.stuck, formatBound(at)]),
    ]),
    ...(longest.length === 0
      ? []
      : [
          '',
          longest.length < total
            ? `The ${longest.length === 1 ? 'one that has' : `${longest.length} that have`} stayed longest:`
            : 'They are:',
          '',
          indentedTable([
            ['lead', 'stage', 'tier', ...(lanes ? ['lane'] : []), 'there for'],
            ...longest.map(({ leadId, stage, tier, lane, days: there }) => [
              leadId,
              stage,
              tier,
              ...(lanes ? [lane ?? 'none known'] : []),
              days(there),
            ]),
          ]),
        ]),
  ];
};
