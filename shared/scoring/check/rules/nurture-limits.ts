import { listTracks } from '../../document/destinations.ts';
import { error, nameWarning, type Rule } from '../finding.ts';
import { describeChoices } from '../suggest.ts';

/** The rule that limits are of tracks that exist: those of a name that is misspelt would limit nothing. */
const unusedTracks: Rule = {
  reads: ['policy', 'disqualifiers'],
  find: (document) => {
    const used = listTracks(document);
    return Object.keys(document.policy.nurture?.tracks ?? {})
      .filter((track) => !used.includes(track))
      .map((track) =>
        nameWarning(
          `policy.nurture.tracks.${track}`,
          track,
          describeChoices('a track that this model puts leads on', track, used),
        ),
      );
  },
};

const withoutLimits: Rule = {
  reads: ['policy'],
  find: ({ policy }) =>
    Object.entries(policy.nurture?.tracks ?? {}).flatMap(([track, limits]) =>
      Object.keys(limits).length > 0
        ? []
        : [error(`policy.nurture.tracks.${track}`, limits, 'cooldownHours, mostStarts or both')],
    ),
};

export const nurtureLimitRules: readonly Rule[] = [unusedTracks, withoutLimits];
