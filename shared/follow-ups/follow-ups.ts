import type { ActionEvent } from '../../events/index.ts';
import type { Begun, Briefed } from './brief.ts';
import type {
  DeadlineClock,
  DeadlineMove,
  DeadlineTerm,
  Expiry,
  LeadDeadlines,
  OpenHandoff,
  WaitingHandoff,
} from './deadline.ts';
import type { FirstDeadline } from './deadline-items.ts';
import type { StartLimits } from './start-limits.ts';

/** A hand-off that the policy asks for, with its first deadline. */
export interface HandoffRequest extends FirstDeadline, Briefed {
  readonly handoffId: string;
}

/** The verdict of sales on a hand-off. */
export interface HandoffVerdict {
  readonly leadId: string;
  /** The id that the verdict names, or `unnamedVerdictId` if it names none: then it answers the open hand-off. */
  readonly handoffId: string;
  readonly status: 'accepted' | 'rejected';
  /** UTC, ISO 8601. */
  readonly answeredAt: string;
  readonly actor: string;
  readonly reason?: string | undefined;
}

/**
 * The result of opening a hand-off. `waiting`: it is requested later. `late`: a later announcement has been followed.
 * `present`: the hand-off was already asked for or answered.
 */
type Opened = 'opened' | 'waiting' | 'present' | 'late';

/**
 * The result of noting a verdict. `late`: an earlier one is noted, or this one. `erased`: the lead is erased, and
 * nothing more is stored.
 */
type Noted = 'noted' | 'late' | 'erased';

/** The result of withdrawing hand-offs. */
interface Withdrawal {
  /** The number of hand-offs that were withdrawn. */
  readonly withdrawn: number;
  /** Whether activities have moved deadlines since the announcement. */
  readonly moved: boolean;
}

/**
 * The result of noting a move of deadlines. `late`: it was noted before, or a later announcement has been followed, so
 * that it concerns no hand-off. `erased`: the lead is erased, and nothing more is stored.
 */
type MoveNoted = 'noted' | 'late' | 'erased';

/**
 * The result of following what an announcement asks of nurture. `late`: this or a later one was followed before.
 * `waiting`: the track begins later. `refused`: the lead has begun it as often as it may.
 */
type Followed = 'followed' | 'waiting' | 'refused' | 'late';

/**
 * Stores what the consumers need of a lead: its nurture track, its hand-offs, and the last announcement that each has
 * followed. Announcements arrive in any order and more than once. Each write has a condition, which makes its consumer
 * idempotent.
 */
export interface FollowUps {
  /**
   * Puts the lead on the track that the announcement asks for, or on none. The track that it was on ends at once; the
   * next begins as soon as the limits allow.
   *
   * @param limits undefined if the policy has none, or if the lead is closed: then what was stored for them is removed
   * @param now milliseconds since 1970
   */
  followNurture(event: ActionEvent, limits: StartLimits | undefined, now: number): Promise<Followed>;
  /**
   * Begins the track for which a lead waits, at its due instant, if that is not after `at`. Returns whether it begins.
   *
   * @param at milliseconds since 1970, as `now`
   */
  beginNurture(leadId: string, at: number, now: number): Promise<boolean>;
  /**
   * Opens a hand-off and notes the announcement's position in one transaction, so that a later announcement can't miss
   * the hand-off. One that the limits don't allow yet waits instead, and those that waited before are withdrawn.
   *
   * @param now the clock of the writer, in milliseconds since 1970
   * @param limits undefined if the policy has none
   */
  openHandoff(
    event: ActionEvent,
    request: HandoffRequest,
    now: number,
    limits?: StartLimits,
  ): Promise<Opened>;
  /**
   * Requests a hand-off that has waited, with its first deadline. Returns false if it no longer waits, or if a later
   * announcement was followed, or the lead was erased.
   */
  beginHandoff(waiting: WaitingHandoff, first: DeadlineTerm & Begun, now: number): Promise<boolean>;
  /** Notes that hand-offs have followed this announcement. Returns false if they have followed a later one. */
  passHandoffs(event: ActionEvent): Promise<boolean>;
  /**
   * Withdraws the hand-offs that earlier announcements opened and nobody has answered. One that ends by a verdict which
   * doesn't name it is answered by that verdict instead.
   */
  withdrawEarlier(event: ActionEvent): Promise<Withdrawal>;
  /** Returns the open hand-offs of a lead that have a deadline, what has moved deadlines, and what waits. */
  readDeadlines(leadId: string): Promise<LeadDeadlines>;
  /**
   * Notes that an activity has moved the deadlines of a lead. They are moved by `moveDeadline`; one that is requested at
   * the same time, and not found, finds this move.
   */
  noteMove(leadId: string, move: DeadlineMove): Promise<MoveNoted>;
  /** Moves the running deadline of a hand-off. Returns false if the hand-off has changed since it was read. */
  moveDeadline(handoff: OpenHandoff, clock: DeadlineClock, now: number): Promise<boolean>;
  /** Records that the running deadline was missed. Returns false if the hand-off has changed since it was read. */
  missDeadline(handoff: OpenHandoff, expiry: Expiry, now: number): Promise<boolean>;
  /**
   * Notes the earliest verdict on a hand-off, even if it isn't stored: it may be requested later, or elsewhere. The
   * first time, one that names none or one from elsewhere also answers the hand-off that was open at its instant.
   */
  noteVerdict(verdict: HandoffVerdict): Promise<Noted>;
  /** Removes everything personal from the lead's hand-offs, and prevents new ones. Returns the number of hand-offs. */
  eraseHandoffs(event: ActionEvent): Promise<number>;
}
