import type { FactValue, ScoreReason } from '../../events/index.ts';
import { type Item, json, S } from '../dynamodb/index.ts';
import type { HandoffStanding } from './handoff-standing.ts';

/** The part of a hand-off's request that helps sales to begin: it is about the lead, and may be personal. */
export interface HandoffBrief {
  /** The reasons that weighed most in the score. */
  readonly reasons: readonly ScoreReason[];
  /** The question worth asking next, with its wording; left out if there is none. */
  readonly question?: { readonly name: string; readonly text: string };
  /** The attributes that the policy names, as far as they are known; left out if there are none. */
  readonly attributes?: Readonly<Record<string, FactValue>>;
}

/** A hand-off that is requested; without a brief, if the lead no longer calls for it. */
export interface Briefed {
  readonly brief?: HandoffBrief | undefined;
}

/** A hand-off that begins after it has waited; without a new standing, if the lead no longer calls for it. */
export interface Begun extends Briefed {
  readonly standing?: HandoffStanding | undefined;
}

/** Returns the attribute of a brief; none if there is no brief. */
export const briefFields = ({ brief }: Briefed): Item =>
  brief === undefined ? {} : { handoffBrief: S(JSON.stringify(brief)) };

/** Reads the brief of a hand-off. Versions before this one stored none. @throws UnreadableItemError */
export const readBrief = (item: Item): HandoffBrief | undefined =>
  item.handoffBrief === undefined ? undefined : json(item, 'handoffBrief');
