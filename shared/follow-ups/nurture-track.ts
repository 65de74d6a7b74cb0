import type { Tier } from '../../events/index.ts';
import {
  findStart,
  findTrackLimits,
  type StartHistory,
  type StartLimits,
  type TrackHistory,
} from './start-limits.ts';

/** A track that may not begin yet. Instants are milliseconds since 1970. */
export interface WaitingTrack {
  readonly track: string;
  /** The tier at which it was asked for, if tiers have a cooldown. */
  readonly tier?: Tier | undefined;
  readonly dueAt: number;
}

/** The nurture of a lead: it is on a track, waits for one, was refused one, or none of these. */
export interface Nurture {
  readonly track?: string | undefined;
  readonly startedAt?: number | undefined;
  readonly waiting?: WaitingTrack | undefined;
  /** The track that was asked for, and that the lead has begun as often as it may. */
  readonly refused?: string | undefined;
  readonly history: StartHistory;
}

/** The track that an announcement asks for, at its instant. */
export interface AskedTrack {
  /** Undefined if the lead shall be on none. */
  readonly track: string | undefined;
  readonly tier: Tier | undefined;
  readonly at: number;
}

export const noNurture: Nurture = { history: { tracks: new Map(), tiers: new Map() } };

/** The most tracks whose past is stored. A lead that was on more loses the past of the one that it left first. */
const mostTracks = 50;

/** Returns a history with what is known of one track. */
const withTrack = ({ tracks, tiers }: StartHistory, track: string, past: TrackHistory): StartHistory => {
  const others = [...tracks].filter(([name]) => name !== track);
  const leftFirst = others.toSorted(([, a], [, b]) => (b.stoppedAt ?? 0) - (a.stoppedAt ?? 0));
  return { tracks: new Map([...leftFirst.slice(0, mostTracks - 1), [track, past]]), tiers };
};

/** Returns a history without what these limits don't ask for, and without a track that was waited for in vain. */
const keepLimited = ({ tracks, tiers }: StartHistory, limits: StartLimits): StartHistory => ({
  tracks: new Map(
    [...tracks].filter(([track, { starts }]) => starts > 0 && findTrackLimits(limits, track) !== undefined),
  ),
  tiers: limits.tierCooldownHours === undefined ? new Map() : tiers,
});

/** Makes sure that the history counts a track, if it has limits. One that has run so far without them counts as begun. */
const withCount = (history: StartHistory, limits: StartLimits, track: string, starts: 0 | 1): StartHistory =>
  findTrackLimits(limits, track) === undefined || history.tracks.has(track)
    ? history
    : withTrack(history, track, { starts });

const begin = (history: StartHistory, { track, tier, dueAt }: WaitingTrack): Nurture => {
  const past = history.tracks.get(track);
  const counted = past === undefined ? history : withTrack(history, track, { starts: past.starts + 1 });
  const tiers = tier === undefined ? counted.tiers : new Map([...counted.tiers, [tier, dueAt] as const]);
  return { track, startedAt: dueAt, history: { ...counted, tiers } };
};

/** Returns the history after the lead has left its track. */
const leave = ({ track, startedAt = 0, history }: Nurture, limits: StartLimits, at: number): StartHistory => {
  if (track === undefined) return history;
  const counted = withCount(history, limits, track, 1);
  const past = counted.tracks.get(track);
  return past === undefined
    ? counted
    : withTrack(counted, track, { ...past, stoppedAt: Math.max(at, startedAt) });
};

/**
 * Puts a lead on the track that is asked for, now or later, or on none. The track that it was on ends at once, whatever
 * becomes of the next. A track that goes on doesn't begin again.
 */
export const followTrack = (
  nurture: Nurture,
  limits: StartLimits,
  { track, tier: given, at }: AskedTrack,
): Nurture => {
  const kept = { ...nurture, history: keepLimited(nurture.history, limits) };
  if (track !== undefined && track === kept.track) {
    const { startedAt } = kept;
    return { track, startedAt, history: withCount(kept.history, limits, track, 1) };
  }
  const history = leave(kept, limits, at);
  if (track === undefined) return { history };
  const tier = limits.tierCooldownHours === undefined ? undefined : given;
  const dueAt = findStart(limits, history, { track, tier }, at);
  if (dueAt === undefined) return { refused: track, history };
  const counted = withCount(history, limits, track, 0);
  const waiting = { track, tier, dueAt };
  return dueAt <= at ? begin(counted, waiting) : { waiting, history: counted };
};

/** Begins the track for which the lead waits, at its due instant, if that is reached; undefined if nothing is due. */
export const beginDue = ({ waiting, history }: Nurture, at: number): Nurture | undefined =>
  waiting === undefined || waiting.dueAt > at ? undefined : begin(history, waiting);
