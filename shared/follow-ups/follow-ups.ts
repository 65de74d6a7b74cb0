import type { ActionEvent } from '../../events/index.ts';

/** A hand-off as the policy asks for it. */
export interface HandoffRequest {
  readonly handoffId: string;
  readonly queue: string;
  /** ISO 8601. */
  readonly dueAt: string;
}

/** What sales said of a hand-off. */
export interface HandoffVerdict {
  readonly leadId: string;
  readonly handoffId: string;
  readonly status: 'accepted' | 'rejected';
  /** ISO 8601. */
  readonly answeredAt: string;
  readonly actor: string;
  readonly reason?: string | undefined;
}

/** `late`: a later announcement has been followed. `present`: it was requested before, or answered. */
export type Opened = 'opened' | 'present' | 'late';

/** `late`: a later verdict is noted. `erased`: the lead is, and nothing more is kept of it. */
export type Noted = 'noted' | 'late' | 'erased';

/**
 * What the consumers keep of a lead: its nurture track, its hand-offs, and up to where its history has been followed.
 * Announcements come in any order and more than once. Each write has a condition, which is its consumer's idempotency.
 */
export interface FollowUps {
  /** Puts the lead on the nurture track that is asked for, or on none. False: one as late has been followed. */
  followNurture(event: ActionEvent): Promise<boolean>;
  /** Opens a hand-off and remembers its place in one step: a later announcement can't come in between and miss it. */
  openHandoff(event: ActionEvent, request: HandoffRequest): Promise<Opened>;
  /** Remembers that hand-offs have been followed up to here. False: they have been further. */
  passHandoffs(event: ActionEvent): Promise<boolean>;
  /** Closes what earlier announcements opened and nobody has answered. Gives how many those were. */
  withdrawEarlier(event: ActionEvent): Promise<number>;
  /** Notes the latest verdict on a hand-off, also on one that is not there: it may come yet, or be made elsewhere. */
  noteVerdict(verdict: HandoffVerdict): Promise<Noted>;
  /** Takes all that is personal from the lead's hand-offs, and lets nothing in any more. Gives how many those were. */
  eraseHandoffs(event: ActionEvent): Promise<number>;
}
