import { type Outcome, outcomes } from '../../events/index.ts';

/** A rule over the outcomes that a lead had within a stretch of time: it says what counts as a success. */
export type OutcomeRule =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'not'; readonly rule: OutcomeRule }
  | { readonly kind: 'and' | 'or'; readonly rules: readonly OutcomeRule[] };

/** Returns whether the outcomes that happened satisfy a rule. */
export const satisfies = (rule: OutcomeRule, happened: ReadonlySet<Outcome>): boolean => {
  switch (rule.kind) {
    case 'outcome':
      return happened.has(rule.outcome);
    case 'not':
      return !satisfies(rule.rule, happened);
    case 'and':
      return rule.rules.every((part) => satisfies(part, happened));
    case 'or':
      return rule.rules.some((part) => satisfies(part, happened));
    default:
      return rule satisfies never;
  }
};

/** Returns the outcomes that a rule names, in the order of the contract. */
export const listNamed = (rule: OutcomeRule): Outcome[] => {
  const collect = (part: OutcomeRule): Outcome[] => {
    if (part.kind === 'outcome') return [part.outcome];
    return part.kind === 'not' ? collect(part.rule) : part.rules.flatMap(collect);
  };
  const named = new Set(collect(rule));
  return outcomes.filter((outcome) => named.has(outcome));
};

/** Returns whether a rule is the same for every lead, whatever outcomes it has. */
export const isConstant = (rule: OutcomeRule): boolean => {
  const named = listNamed(rule);
  const results = Array.from({ length: 2 ** named.length }, (_, bits) =>
    satisfies(rule, new Set(named.filter((_, i) => (bits >> i) & 1))),
  );
  return results.every((result) => result === results[0]);
};

/** Returns a rule as text that `parseOutcomeRule` reads. */
export const formatOutcomeRule = (rule: OutcomeRule): string => {
  const inner = (part: OutcomeRule): string =>
    part.kind === 'and' || part.kind === 'or' ? `(${formatOutcomeRule(part)})` : formatOutcomeRule(part);
  if (rule.kind === 'outcome') return rule.outcome;
  return rule.kind === 'not' ? `not ${inner(rule.rule)}` : rule.rules.map(inner).join(` ${rule.kind} `);
};
