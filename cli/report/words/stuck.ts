import { alignedRows } from '../../text/table.ts';
import { fewestStays, type Stuck, type StuckAt } from '../sections/stuck.ts';
import { counted, days, indented } from './figures.ts';

const measureWords = ({ longerThanDays, measure }: StuckAt): string =>
  measure === 'stays'
    ? `${days(longerThanDays)}: 9 of 10 that left were quicker`
    : `${days(longerThanDays)}: fewer than ${fewestStays} have left`;

/** Where leads are stuck, and which for the longest, for people. */
export const stuckWords = ({ total, byStage, longest }: Stuck): string[] => {
  const occupied = byStage.filter(({ active }) => active > 0);
  if (occupied.length === 0) return ['No lead is on its way.'];
  const lanes = longest.some(({ lane }) => lane !== null);
  return [
    `${counted(total, 'lead has', 'leads have')} been at a stage for longer than is usual there. Disqualified leads and customers don't count.`,
    '',
    ...indented(
      alignedRows([
        ['stage', 'leads', 'stuck', 'there for more than'],
        ...occupied.map((at) => [at.stage, at.active, at.stuck, measureWords(at)]),
      ]),
    ),
    ...(longest.length === 0
      ? []
      : [
          '',
          longest.length < total
            ? `The ${longest.length === 1 ? 'one' : longest.length} of longest standing:`
            : 'They are:',
          '',
          ...indented(
            alignedRows([
              ['lead', 'stage', 'tier', ...(lanes ? ['lane'] : []), 'there for'],
              ...longest.map(({ leadId, stage, tier, lane, days: there }) => [
                leadId,
                stage,
                tier,
                ...(lanes ? [lane ?? 'none known'] : []),
                days(there),
              ]),
            ]),
          ),
        ]),
  ];
};
