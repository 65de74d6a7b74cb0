import type { ActionEvent } from '../../events/index.ts';

/** A hand-off that the policy asks for. */
export interface HandoffRequest {
  readonly handoffId: string;
  readonly queue: string;
  /** ISO 8601. */
  readonly dueAt: string;
}

/** The verdict of sales on a hand-off. */
export interface HandoffVerdict {
  readonly leadId: string;
  readonly handoffId: string;
  readonly status: 'accepted' | 'rejected';
  /** ISO 8601. */
  readonly answeredAt: string;
  readonly actor: string;
  readonly reason?: string | undefined;
}

/** `late`: a later announcement has been followed already. `present`: the hand-off was requested before, or answered. */
export type Opened = 'opened' | 'present' | 'late';

/** `late`: a later verdict is noted already. `erased`: the lead is erased, and nothing more is stored of it. */
export type Noted = 'noted' | 'late' | 'erased';

/**
 * Stores what the consumers need of a lead: its nurture track, its hand-offs, and up to which announcement they have followed.
 * Announcements come in any order and more than once. Each write has a condition, which makes its consumer idempotent.
 */
export interface FollowUps {
  /** Puts the lead on the track that is asked for, or on none. Returns false if this or a later announcement was followed. */
  followNurture(event: ActionEvent): Promise<boolean>;
  /** Opens a hand-off and notes the announcement's position at once, so that a later announcement can't miss the hand-off. */
  openHandoff(event: ActionEvent, request: HandoffRequest): Promise<Opened>;
  /** Notes that hand-offs have followed up to this announcement. Returns false if they have followed a later one. */
  passHandoffs(event: ActionEvent): Promise<boolean>;
  /** Withdraws the hand-offs that earlier announcements opened and nobody has answered. Returns their number. */
  withdrawEarlier(event: ActionEvent): Promise<number>;
  /** Notes the latest verdict on a hand-off, even if it doesn't exist: it may come yet, or have been made elsewhere. */
  noteVerdict(verdict: HandoffVerdict): Promise<Noted>;
  /** Removes everything personal from the lead's hand-offs, and accepts no more of them. Returns their number. */
  eraseHandoffs(event: ActionEvent): Promise<number>;
}
