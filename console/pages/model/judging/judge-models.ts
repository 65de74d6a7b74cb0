import { checkText, type ScoringModel } from '../../../../shared/scoring/index.ts';
import { compareAll, type ModelComparison } from './compare-all.ts';
import type { ComparedLeads } from './compared-leads.ts';

/** A finding about a model. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly given: string;
  readonly allowed: string;
}

interface Checked {
  readonly findings: readonly Finding[];
  /** Undefined if the model has errors. */
  readonly model: ScoringModel | undefined;
}

/** The number of models that are remembered: those that are compared again at each change. */
const mostRemembered = 4;

const remembered = new Map<string, Checked>();

const checkAnew = (text: string): Checked => {
  const checked = checkText(text);
  const problems = checked.ok ? [] : checked.problems;
  return {
    findings: [
      ...problems.map((problem) => ({ severity: 'error' as const, ...problem })),
      ...checked.warnings.map((warning) => ({ severity: 'warning' as const, ...warning })),
    ],
    model: checked.ok ? checked.model : undefined,
  };
};

const check = (text: string): Checked => {
  const known = remembered.get(text) ?? checkAnew(text);
  remembered.delete(text);
  remembered.set(text, known);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return known;
};

let leads: ComparedLeads | undefined;
let latest = 0;

const compare = async (given: {
  readonly before: string;
  readonly after: string;
}): Promise<ModelComparison | undefined> => {
  latest += 1;
  const number = latest;
  const [a, b] = [check(given.before).model, check(given.after).model];
  if (a === undefined || b === undefined || leads === undefined) return undefined;
  return compareAll({ a, b }, leads, async () => {
    // A task, unlike a promise alone, lets messages of newer comparisons arrive.
    await new Promise((done) => setTimeout(done));
    return number === latest ? 'go-on' : 'end';
  });
};

/** The calls that the worker answers. */
export const judgeCalls = {
  /** Checks the text of a model, as `sluice model check` does. */
  check: (text: string): readonly Finding[] => check(text).findings,
  /** Takes the leads that are compared from now on. */
  takeLeads: (given: ComparedLeads): void => {
    leads = given;
  },
  /**
   * Compares what two models make of the leads. A newer comparison ends an older one.
   *
   * @returns undefined if it was ended, a model has errors, or there are no leads
   */
  compare,
};
export type JudgeCalls = typeof judgeCalls;
