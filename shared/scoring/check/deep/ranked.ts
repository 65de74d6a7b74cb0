import type { ModelDocument } from '../../document/model.ts';
import { error, type Finding, hasErrorWithin, warning } from '../finding.ts';
import { claim, isNotYes, isYes } from '../search/claims.ts';
import { possible } from '../search/possible.ts';
import type { Space } from '../search/space.ts';
import { hiddenBy, type Ranked } from './hidden.ts';

const ranksOfLanes = ({ lanes = [] }: ModelDocument): Ranked[] =>
  lanes.map(({ when }, i) => ({
    path: `lanes[${i}]`,
    applies: claim(when, isYes),
    appliesNot: claim(when, isNotYes),
  }));

/** Lanes that no lead can ever be in, since it is always in one before. */
export const hiddenLanes = (space: Space, before: readonly Finding[]): Finding[] => {
  const ranks = ranksOfLanes(space.document);
  return ranks.flatMap((rank, i) => {
    if (hasErrorWithin(before, rank.path)) return [];
    const by = hiddenBy(space, rank, ranks.slice(0, i));
    return by === undefined
      ? []
      : [
          error(
            `${rank.path}.when`,
            space.document.lanes?.[i]?.when,
            `a condition for leads in no lane before it; ${by} to all of these`,
          ),
        ];
  });
};

const ranksOfDisqualifiers = ({ disqualifiers }: ModelDocument): Ranked[] =>
  disqualifiers.map(({ when, unless }, i) => ({
    path: `disqualifiers[${i}]`,
    applies: {
      every: [claim(when, isYes), ...(unless === undefined ? [] : [claim(unless, isNotYes)])],
    },
    appliesNot: {
      either: [claim(when, isNotYes), ...(unless === undefined ? [] : [claim(unless, isYes)])],
    },
  }));

/** Disqualifiers that disqualify nobody, everybody, or only whom another one has disqualified before. */
export const futileDisqualifiers = (space: Space, before: readonly Finding[]): Finding[] => {
  const ranks = ranksOfDisqualifiers(space.document);
  return ranks.flatMap((rank, i) => {
    if (hasErrorWithin(before, rank.path)) return [];
    const { when, unless } = space.document.disqualifiers[i] ?? {};
    if (possible(space, [rank.applies]) === 'no') {
      return [
        error(`${rank.path}.unless`, unless, 'a condition that leaves leads to disqualify; it leaves none'),
      ];
    }
    if (possible(space, [rank.appliesNot]) === 'no') {
      return [error(`${rank.path}.when`, when, 'a condition that not every lead meets; every lead does')];
    }
    const by = hiddenBy(space, rank, ranks.slice(0, i));
    return by === undefined
      ? []
      : [
          warning(
            `${rank.path}.when`,
            when,
            `a condition for leads that no disqualifier before it applies to; ${by} to all of these`,
          ),
        ];
  });
};

/** Rules for a case that comes up only where the better case has come up already. */
const hiddenAlternative = (
  space: Space,
  path: string,
  better: Parameters<typeof claim>[0],
  other: Parameters<typeof claim>[0] | undefined,
  name: string,
): Finding[] =>
  other !== undefined && possible(space, [claim(other, isYes), claim(better, isNotYes)]) === 'no'
    ? [warning(path, other, `a condition that holds where ${name} does not; it never does`)]
    : [];

/** `fail` of a letter is asked where it doesn't pass, `partial` of a part where it isn't complete. */
export const hiddenAlternatives = (space: Space, before: readonly Finding[]): Finding[] => {
  const { bant, slide } = space.document;
  return [
    ...Object.entries(bant?.letters ?? {}).flatMap(([letter, { pass, fail }]) =>
      hiddenAlternative(space, `bant.letters.${letter}.fail`, pass, fail, 'pass'),
    ),
    ...Object.entries(slide?.parts ?? {}).flatMap(([part, { complete, partial }]) =>
      hiddenAlternative(space, `slide.parts.${part}.partial`, complete, partial, 'complete'),
    ),
  ].filter(({ path }) => !hasErrorWithin(before, path));
};
