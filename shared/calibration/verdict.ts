import type { CalibrationReport, Leak, Performance, Period } from './types.ts';

export type Verdict = Pick<CalibrationReport, 'ready' | 'reasons' | 'warnings'>;

/** The fewest leads that succeed, and that don't, from which a model is learnt. */
export const fewestOutcomes = 50;
const fewOutcomes = 200;
const fewestTested = 10;
const tooWide = 0.2;
const wide = 0.1;

/** The leads to learn from, also those in gaps between periods: the document is learnt from all of them. */
export type Counts = Pick<Period, 'leads' | 'successes'>;

/** Counts the leads of the rarer outcome. */
export const countRarer = ({ leads, successes }: Counts): number => Math.min(successes, leads - successes);

const judgeCounts = (all: Counts, periods: readonly Period[]): { reasons: string[]; warnings: string[] } => {
  const { leads, successes: won } = all;
  const lost = leads - won;
  if (leads === 0) return { reasons: ['there are no leads to learn from'], warnings: [] };
  if (won === 0 || lost === 0) {
    const part = won === 0 ? 'none' : 'all';
    return {
      reasons: [
        `${part} of the ${leads} leads succeeded: it takes leads that did and leads that didn't to find how they differ`,
      ],
      warnings: [],
    };
  }
  const rarer = countRarer(all);
  const leadsOf = (count: number): string => `${count} ${count === 1 ? 'lead' : 'leads'}`;
  const words = won <= lost ? `${leadsOf(won)} succeeded` : `${leadsOf(lost)} didn't succeed`;
  if (rarer < fewestOutcomes) {
    return { reasons: [`only ${words}: at least ${fewestOutcomes} are needed`], warnings: [] };
  }
  const tested = periods.find(({ name }) => name === 'test');
  const few = tested === undefined ? 0 : Math.min(tested.successes, tested.leads - tested.successes);
  return {
    reasons:
      few < fewestTested
        ? [
            `only ${few} leads of the rarer outcome are in the test time: at least ${fewestTested} are needed to measure`,
          ]
        : [],
    warnings: rarer < fewOutcomes ? [`only ${words}: from ${fewOutcomes} on, figures are steadier`] : [],
  };
};

const judgePerformance = (performance: readonly Performance[]): { reasons: string[]; warnings: string[] } => {
  const document = performance.find(({ name }) => name === 'document');
  if (document === undefined) return { reasons: [], warnings: [] };
  const { value, low, high } = document.auc;
  const figures = `its AUC is ${value.toFixed(3)}, between ${low.toFixed(3)} and ${high.toFixed(3)}`;
  const inUse = performance.find(({ name }) => name === 'model in use');
  return {
    reasons: [
      ...(low <= 0.5 ? [`the model is no better than the usual rate of success: ${figures}`] : []),
      ...(high - low > tooWide
        ? [`too few leads were tested to tell how good the model is: ${figures}`]
        : []),
      ...(inUse !== undefined && inUse.auc.low > high
        ? [`the model in use is better: its AUC is ${inUse.auc.value.toFixed(3)}`]
        : []),
    ],
    warnings: high - low > wide && high - low <= tooWide ? [`the interval is wide: ${figures}`] : [],
  };
};

const judgeLeaks = (leaks: readonly Leak[]): { reasons: string[]; warnings: string[] } => ({
  reasons: leaks.filter(({ effect }) => effect === 'suspected').map(({ text }) => text),
  warnings: leaks.filter(({ effect }) => effect !== 'suspected').map(({ text }) => text),
});

/**
 * Says whether a model is ready to be used, with the reasons why not and what else to know.
 *
 * @param all the counts of all leads to learn from
 */
export const judgeReadiness = (
  all: Counts,
  { periods, performance, leaks }: Pick<CalibrationReport, 'periods' | 'performance' | 'leaks'>,
  others: { readonly reasons: readonly string[]; readonly warnings: readonly string[] },
): Verdict => {
  const parts = [judgeCounts(all, periods), judgePerformance(performance), judgeLeaks(leaks), others];
  const reasons = parts.flatMap((part) => part.reasons);
  return { ready: reasons.length === 0, reasons, warnings: parts.flatMap((part) => part.warnings) };
};
