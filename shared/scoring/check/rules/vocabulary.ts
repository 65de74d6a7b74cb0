import { canBeNumber, findOwnDomain, kindWords } from '../domains.ts';
import { error, type Finding, type Rule } from '../finding.ts';

interface Ranged {
  readonly kind: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const ranges = (section: string, described: Readonly<Record<string, Ranged>> = {}): Finding[] =>
  Object.entries(described).flatMap(([name, { from, to }]) =>
    from !== undefined && to !== undefined && from > to
      ? [error(`${section}.${name}.from`, from, `at most its to, ${to}`)]
      : [],
  );

const rangeRules: readonly Rule[] = [
  { reads: ['questions'], find: ({ questions }) => ranges('questions', questions) },
  { reads: ['attributes'], find: ({ attributes }) => ranges('attributes', attributes) },
];

/** The rule that only numbers have a tolerance. */
const tolerance: Rule = {
  reads: ['questions'],
  find: (document) =>
    Object.entries(document.questions ?? {}).flatMap(([name, question]) => {
      const given = 'steady' in question ? question.steady?.tolerance : undefined;
      const domain = findOwnDomain({ answer: name }, document);
      return given === undefined || domain === undefined || canBeNumber(domain)
        ? []
        : [
            error(
              `questions.${name}.steady.tolerance`,
              given,
              `no tolerance; ${kindWords(domain)}, not a number`,
            ),
          ];
    }),
};

export const vocabularyRules: readonly Rule[] = [...rangeRules, tolerance];
