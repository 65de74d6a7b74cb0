import type { Condition } from './condition.ts';
import type { Criterion } from './criterion.ts';
import type { ModelDocument } from './model.ts';

/** A condition with its path in the document, such as `lanes[0].when`. */
export interface ConditionPath {
  readonly path: string;
  readonly condition: Condition;
}

export interface CriterionPath {
  readonly path: string;
  readonly dimension: string;
  readonly criterion: Criterion;
}

/** The sections that are computed from the facts before any criterion is. */
export type ComputedSection = 'bant' | 'slide' | 'lanes' | 'answering';

/** Returns the criteria of all dimensions, in the document's order. */
export const collectCriterionPaths = ({ dimensions }: Pick<ModelDocument, 'dimensions'>): CriterionPath[] =>
  Object.entries(dimensions).flatMap(([dimension, { criteria }]) =>
    criteria.map((criterion, i) => ({
      path: `dimensions.${dimension}.criteria[${i}]`,
      dimension,
      criterion,
    })),
  );

const at = (path: string, condition: Condition | undefined): ConditionPath[] =>
  condition === undefined ? [] : [{ path, condition }];

/** Returns the conditions by which each computed section is computed. */
export const conditionsBySection = ({
  bant,
  slide,
  lanes = [],
  answering,
}: Partial<ModelDocument>): Readonly<Record<ComputedSection, ConditionPath[]>> => ({
  bant: Object.entries(bant?.letters ?? {}).flatMap(([letter, { pass, fail }]) => [
    ...at(`bant.letters.${letter}.pass`, pass),
    ...at(`bant.letters.${letter}.fail`, fail),
  ]),
  slide: Object.entries(slide?.parts ?? {}).flatMap(([part, { complete, partial }]) => [
    ...at(`slide.parts.${part}.complete`, complete),
    ...at(`slide.parts.${part}.partial`, partial),
  ]),
  lanes: lanes.flatMap(({ when }, i) => at(`lanes[${i}].when`, when)),
  answering: (answering?.contradictions ?? []).flatMap(({ when }, i) =>
    at(`answering.contradictions[${i}].when`, when),
  ),
});

/** Returns the conditions of all computed sections, which may read plain facts only. */
export const sectionConditions = (document: Partial<ModelDocument>): ConditionPath[] =>
  Object.values(conditionsBySection(document)).flat();

/**
 * Returns the conditions that may read facts and computed sections: those of criteria, disqualifiers and the policy.
 */
export const rootConditions = (document: ModelDocument): ConditionPath[] => [
  ...collectCriterionPaths(document).flatMap(({ path, criterion }) =>
    'when' in criterion ? at(`${path}.when`, criterion.when) : [],
  ),
  ...document.disqualifiers.flatMap(({ when, unless }, i) => [
    ...at(`disqualifiers[${i}].when`, when),
    ...at(`disqualifiers[${i}].unless`, unless),
  ]),
  ...document.policy.rules.flatMap(({ when }, i) => at(`policy.rules[${i}].when`, when)),
];

/** Returns every condition that the document states, without those within them. */
export const collectConditions = (document: ModelDocument): ConditionPath[] => [
  ...sectionConditions(document),
  ...rootConditions(document),
];
