import { showValue } from '../../events/index.ts';
import type { FieldName } from '../../shared/calibration/index.ts';
import {
  type Parsed,
  parseCut,
  parseDays,
  parseOutcomeRule,
  type Task,
} from '../../shared/outcomes/index.ts';
import { UsageError } from '../errors.ts';

/** The options of `sluice calibrate` that say what is learnt, as they are given. */
export interface RuleOptions {
  readonly outcome: string;
  readonly within: string;
  readonly cut: string;
  readonly lanesWithin?: string | undefined;
}

/** @throws UsageError that names the option, the text and what is allowed */
const need = <T>(option: string, given: string, parsed: Parsed<T>): T => {
  if (parsed.ok) return parsed.value;
  throw new UsageError(`${option}: given ${showValue(given)}; ${parsed.why}`);
};

/** Parses the options that say what is learnt. @throws UsageError */
export const parseRules = ({
  outcome,
  within,
  cut,
  lanesWithin = within,
}: RuleOptions): Pick<Task, 'rule' | 'withinMs' | 'cut' | 'customerMs'> => ({
  rule: need('--outcome', outcome, parseOutcomeRule(outcome)),
  withinMs: need('--within', within, parseDays(within)),
  cut: need('--cut', cut, parseCut(cut)),
  customerMs: need('--lanes-within', lanesWithin, parseDays(lanesWithin)),
});

/** Returns the fields that have one of these names, whether they are attributes, answers or activities. */
export const fieldsNamed = (names: readonly string[]): FieldName[] =>
  names.flatMap((name) => (['attribute', 'answer', 'activity'] as const).map((kind) => ({ kind, name })));
