import type { Condition } from './condition.ts';
import type { Criterion } from './criterion.ts';
import type { ModelDocument } from './model.ts';
import type { Derived } from './names-read.ts';

/** A condition that a document states, with its path there. */
export interface Place {
  readonly path: string;
  readonly condition: Condition;
}

export interface CriterionPlace {
  readonly path: string;
  readonly dimension: string;
  readonly criterion: Criterion;
}

export const criteriaIn = ({ dimensions }: Pick<ModelDocument, 'dimensions'>): CriterionPlace[] =>
  Object.entries(dimensions).flatMap(([dimension, { criteria }]) =>
    criteria.map((criterion, i) => ({
      path: `dimensions.${dimension}.criteria[${i}]`,
      dimension,
      criterion,
    })),
  );

const place = (path: string, condition: Condition | undefined): Place[] =>
  condition === undefined ? [] : [{ path, condition }];

/** The conditions by which BANT, the slide, lanes and contradictions are worked out. */
export const derivedPlaces = ({
  bant,
  slide,
  lanes = [],
  answering,
}: Partial<ModelDocument>): Readonly<Record<Derived, Place[]>> => ({
  bant: Object.entries(bant?.letters ?? {}).flatMap(([letter, { pass, fail }]) => [
    ...place(`bant.letters.${letter}.pass`, pass),
    ...place(`bant.letters.${letter}.fail`, fail),
  ]),
  slide: Object.entries(slide?.parts ?? {}).flatMap(([part, { complete, partial }]) => [
    ...place(`slide.parts.${part}.complete`, complete),
    ...place(`slide.parts.${part}.partial`, partial),
  ]),
  lanes: lanes.flatMap(({ when }, i) => place(`lanes[${i}].when`, when)),
  answering: (answering?.contradictions ?? []).flatMap(({ when }, i) =>
    place(`answering.contradictions[${i}].when`, when),
  ),
});

/** The conditions of what is worked out before criteria are asked. */
export const derivingConditions = (document: Partial<ModelDocument>): Place[] =>
  Object.values(derivedPlaces(document)).flat();

/** The conditions that may ask for anything. */
export const askingConditions = (document: ModelDocument): Place[] => [
  ...criteriaIn(document).flatMap(({ path, criterion }) =>
    'when' in criterion ? place(`${path}.when`, criterion.when) : [],
  ),
  ...document.disqualifiers.flatMap(({ when, unless }, i) => [
    ...place(`disqualifiers[${i}].when`, when),
    ...place(`disqualifiers[${i}].unless`, unless),
  ]),
  ...document.policy.rules.flatMap(({ when }, i) => place(`policy.rules[${i}].when`, when)),
];

export const conditionsIn = (document: ModelDocument): Place[] => [
  ...derivingConditions(document),
  ...askingConditions(document),
];

/** A condition with all that it is joined of. */
export const partsOf = (condition: Condition): Condition[] => {
  const inner =
    'all' in condition
      ? condition.all
      : 'any' in condition
        ? condition.any
        : 'some' in condition
          ? condition.some
          : 'not' in condition
            ? [condition.not]
            : [];
  return [condition, ...inner.flatMap(partsOf)];
};
