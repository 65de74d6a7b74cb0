import { describe, expect, it } from 'vitest';
import { followTrack, type Nurture, noNurture } from '../../../shared/follow-ups/nurture-track.ts';
import { findTierOpening, type StartLimits } from '../../../shared/follow-ups/start-limits.ts';

const hour = 3_600_000;

describe('the past of tracks', () => {
  it('is bounded: the track that was left first is forgotten', () => {
    const names = Array.from({ length: 60 }, (_, i) => `track-${i}`);
    const limits: StartLimits = {
      tracks: Object.fromEntries(names.map((name) => [name, { cooldownHours: 24 }])),
    };
    const nurture = names.reduce<Nurture>(
      (last, track, i) => followTrack(last, limits, { track, tier: 'good', at: i * hour }),
      noNurture,
    );
    expect(nurture.history.tracks.size).toBe(50);
    expect([...nurture.history.tracks.keys()].toSorted()).toEqual(names.slice(10).toSorted());
    expect(nurture.track).toBe('track-59');
  });

  it('has only tracks that the limits name, and tiers only if these have a cooldown', () => {
    const wide = { tracks: { a: { mostStarts: 3 } }, tierCooldownHours: 2 };
    const before = followTrack(noNurture, wide, { track: 'a', tier: 'good', at: 0 });
    expect(before.history.tracks.get('a')).toEqual({ starts: 1 });
    expect(before.history.tiers.get('good')).toBe(0);
    const { history } = followTrack(
      before,
      { tracks: { b: { mostStarts: 1 } } },
      { track: 'b', tier: 'good', at: hour },
    );
    expect([...history.tracks]).toEqual([['b', { starts: 1 }]]);
    expect(history.tiers.size).toBe(0);
  });
});

describe('a tier at which something began', () => {
  const beganAt = new Map([['good', 10 * hour]] as const);

  it.each([
    ['opens when its cooldown is over', { tierCooldownHours: 4 }, 'good', 12, 14],
    ['is open afterwards', { tierCooldownHours: 4 }, 'good', 14, 14],
    ['is open if nothing began at it', { tierCooldownHours: 4 }, 'risky', 12, 12],
    ['is open without a cooldown', {}, 'good', 12, 12],
    ['may open within an hour', { tierCooldownHours: 2.5 }, 'good', 12, 12.5],
  ] as const)('%s', (_what, limits, tier, at, opening) => {
    expect(findTierOpening(limits, beganAt, tier, at * hour)).toBe(opening * hour);
  });
});
