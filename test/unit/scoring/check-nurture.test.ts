import { describe, expect, it } from 'vitest';
import { type BreakIt, foundAfter } from './check-document.ts';

const limit =
  (nurture: object, more: BreakIt = () => {}): BreakIt =>
  (document) => {
    document.policy.nurture = nurture;
    more(document);
  };
const calm = { cooldownHours: 24 };

describe('the limits of a nurture track', () => {
  it('are of a track that the model puts leads on, wherever it names the track', () => {
    const everywhere: BreakIt = (document) => {
      document.policy.holdBack = { belowCoverage: 0.5, track: 'ask-more' };
      document.policy.recycle = { track: 'recycled' };
      document.disqualifiers[0].track = 'long-term';
    };
    const tracks = { nurture: calm, 'ask-more': calm, recycled: calm, 'long-term': { mostStarts: 2 } };
    expect(foundAfter(limit({ tracks, tierCooldownHours: 2 }, everywhere))).toEqual({
      errors: [],
      warnings: [],
    });
  });

  it('are warned of if nothing uses the track, with the name that was probably meant', () => {
    expect(foundAfter(limit({ tracks: { nurtur: calm } }))).toEqual({
      errors: [],
      warnings: [
        'policy.nurture.tracks.nurtur: given the name "nurtur"; allowed: a track that this model puts leads on; did you mean nurture?',
      ],
    });
  });

  it('are warned of also in a model that puts leads on no track', () => {
    const handoffsOnly: BreakIt = (document) => document.policy.rules.splice(1);
    expect(foundAfter(limit({ tracks: { nurture: calm } }, handoffsOnly)).warnings).toEqual([
      'policy.nurture.tracks.nurture: given the name "nurture"; allowed: a track that this model puts leads on, which has none',
    ]);
  });

  it.each([
    ['none', {}, 'policy.nurture.tracks.nurture: given {}; allowed: cooldownHours, mostStarts or both'],
    [
      'a cooldown of nothing',
      { cooldownHours: 0 },
      'policy.nurture.tracks.nurture.cooldownHours: given 0; allowed: above 0',
    ],
    [
      'a part of a start',
      { mostStarts: 1.5 },
      'policy.nurture.tracks.nurture.mostStarts: given 1.5; allowed: a whole number',
    ],
    [
      'another word',
      { cooldownDays: 7 },
      'policy.nurture.tracks.nurture.cooldownDays: given 7; allowed: no such field here; did you mean cooldownHours?',
    ],
  ])('are refused with what is allowed: %s', (_what, limits, message) => {
    expect(foundAfter(limit({ tracks: { nurture: limits } })).errors).toEqual([message]);
  });
});
