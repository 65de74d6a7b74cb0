import { type LeftOut, type Remark, remarks } from '../../../shared/report/index.ts';
import { indented, type Line } from '../../output/line.ts';
import { formatCount } from '../../text/format-count.ts';

const sentences: Readonly<Record<Remark, (count: number) => string>> = {
  leadsBeingWritten: (count) =>
    `${formatCount(count, 'lead was', 'leads were')} written to while being read; the newest events may be missing.`,
  eventsAfterNow: (count) =>
    `${formatCount(count, 'event is', 'events are')} later than the instant of the report, and not counted.`,
  repeatedOutcomes: (count) =>
    `${formatCount(count, 'outcome repeats', 'outcomes repeat')} the one before, with nothing in between, and ${count === 1 ? 'is' : 'are'} not counted.`,
  followUpsWithoutWin: (count) =>
    `${formatCount(count, 'renewal, expansion, reference or churn came', 'renewals, expansions, references and churns came')} without a recorded win before, and ${count === 1 ? 'is' : 'are'} not counted.`,
  rescuesWithoutWin: (count) =>
    `${formatCount(count, 'rescue was', 'rescues were')} recorded without a win before, and ${count === 1 ? 'is' : 'are'} not counted.`,
  customersWithoutWin: (count) =>
    `${formatCount(count, 'lead is a customer', 'leads are customers')} without a recorded win, and ${count === 1 ? 'counts' : 'count'} as ${count === 1 ? 'a lead' : 'leads'}, not as ${count === 1 ? 'a win' : 'wins'}.`,
};

/** Formats the leads and events that the figures leave out, as far as there are any. */
export const formatLeftOut = (leftOut: LeftOut, model: string): Line[] => {
  const remarkLines = remarks
    .filter((remark) => leftOut[remark] > 0)
    .map((remark) => sentences[remark](leftOut[remark]));
  const others = leftOut.otherModels.map(
    ({ model: other, leads }) =>
      `${formatCount(leads, 'lead was', 'leads were')} scored last by model ${other}, and ${leads === 1 ? 'is' : 'are'} judged here by ${model}; --model selects another.`,
  );
  const all = [...remarkLines, ...others];
  return indented(all.length === 0 ? ['no lead and no event'] : all);
};
