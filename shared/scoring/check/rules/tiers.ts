import { error, type Finding, type Rule } from '../finding.ts';

/**
 * The rules that each tier begins above the one below by more than the hysteresis; otherwise a score between could keep
 * either.
 */
export const tierRules: readonly Rule[] = [
  {
    reads: ['tiers'],
    find: ({ tiers: { excellent, good, risky, hysteresis } }) => {
      const above = (upper: string, high: number, lower: string, low: number): Finding[] =>
        high > low + hysteresis
          ? []
          : [
              error(
                `tiers.${upper}`,
                high,
                `more than tiers.${lower} plus the hysteresis, ${low + hysteresis}`,
              ),
            ];
      return [
        ...above('excellent', excellent, 'good', good),
        ...above('good', good, 'risky', risky),
        ...(risky > hysteresis
          ? []
          : [error('tiers.risky', risky, `more than the hysteresis, ${hysteresis}`)]),
      ];
    },
  },
];
