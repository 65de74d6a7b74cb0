import { hourMs, type Tier } from '../../events/index.ts';

/** The limits of how soon and how often nurture tracks begin again: `policy.nurture` of a scoring model. */
export interface StartLimits {
  readonly tracks: Readonly<Record<string, TrackLimits>>;
  readonly tierCooldownHours?: number | undefined;
}

interface TrackLimits {
  readonly cooldownHours?: number | undefined;
  readonly mostStarts?: number | undefined;
}

/** The past of one track. Instants are milliseconds since 1970. */
export interface TrackHistory {
  readonly starts: number;
  /** When the lead last left the track. */
  readonly stoppedAt?: number | undefined;
}

/** The past of a lead, as far as the limits ask for it. */
export interface StartHistory {
  readonly tracks: ReadonlyMap<string, TrackHistory>;
  /** When something last began at each tier. */
  readonly tiers: ReadonlyMap<Tier, number>;
}

const toMs = (hours: number): number => Math.round(hours * hourMs);

/** Returns the limits of a track; undefined if it has none. */
export const findTrackLimits = ({ tracks }: StartLimits, track: string): TrackLimits | undefined =>
  Object.hasOwn(tracks, track) ? tracks[track] : undefined;

/**
 * Returns the first instant from `at` on at which something may begin at a tier.
 *
 * @param beganAt when something of this kind last began at each tier
 */
export const findTierOpening = (
  { tierCooldownHours }: Pick<StartLimits, 'tierCooldownHours'>,
  beganAt: ReadonlyMap<Tier, number>,
  tier: Tier | undefined,
  at: number,
): number => {
  const last = tier === undefined ? undefined : beganAt.get(tier);
  return tierCooldownHours === undefined || last === undefined
    ? at
    : Math.max(at, last + toMs(tierCooldownHours));
};

/**
 * Returns the first instant from `at` on at which a lead may begin a track; undefined if it has begun the track as often
 * as it may.
 */
export const findStart = (
  limits: StartLimits,
  { tracks, tiers }: StartHistory,
  { track, tier }: { readonly track: string; readonly tier: Tier | undefined },
  at: number,
): number | undefined => {
  const { cooldownHours, mostStarts = Number.POSITIVE_INFINITY } = findTrackLimits(limits, track) ?? {};
  const { starts = 0, stoppedAt } = tracks.get(track) ?? {};
  if (starts >= mostStarts) return undefined;
  const opening = findTierOpening(limits, tiers, tier, at);
  return stoppedAt === undefined || cooldownHours === undefined
    ? opening
    : Math.max(opening, stoppedAt + toMs(cooldownHours));
};
