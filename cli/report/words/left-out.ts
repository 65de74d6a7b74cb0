import type { Remark } from '../observations.ts';
import { remarks } from '../observations.ts';
import type { LeftOut } from '../sections/left-out.ts';
import { counted, indented } from './figures.ts';

const sentences: Readonly<Record<Remark, (count: number) => string>> = {
  leadsBeingWritten: (count) =>
    `${counted(count, 'lead was', 'leads were')} written to while being read; the newest events may be missing.`,
  eventsAfterNow: (count) =>
    `${counted(count, 'event is', 'events are')} later than the report's instant, and not counted.`,
  repeatedOutcomes: (count) =>
    `${counted(count, 'outcome repeats', 'outcomes repeat')} the one before, with nothing in between, and ${count === 1 ? 'is' : 'are'} not counted.`,
  followUpsWithoutWin: (count) =>
    `${counted(count, 'renewal, expansion, reference or churn came', 'renewals, expansions, references and churns came')} without a recorded win before, and ${count === 1 ? 'counts' : 'count'} nowhere.`,
  rescuesWithoutWin: (count) =>
    `${counted(count, 'rescue was', 'rescues were')} recorded without a win before, and ${count === 1 ? 'counts' : 'count'} nowhere.`,
  customersWithoutWin: (count) =>
    `${counted(count, 'lead is a customer', 'leads are customers')} without a recorded win; ${count === 1 ? 'it counts' : 'they count'} among the leads, not among the wins.`,
};

/** What is left out, for people; only what there is. */
export const leftOutWords = (leftOut: LeftOut, model: string): string[] => {
  const said = remarks
    .filter((remark) => leftOut[remark] > 0)
    .map((remark) => sentences[remark](leftOut[remark]));
  const others = leftOut.otherModels.map(
    ({ model: other, leads }) =>
      `${counted(leads, 'lead was', 'leads were')} scored last by model ${other}, and ${leads === 1 ? 'is' : 'are'} read here by ${model}; --model names another.`,
  );
  const all = [...said, ...others];
  return all.length === 0 ? ['Nothing.'] : indented(all);
};
