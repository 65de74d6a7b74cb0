import * as z from 'zod/mini';
import { leadId, name, stage, text } from '../fields.ts';
import { action, overridden, score, share, tier } from '../standing-fields.ts';
import { clockTriggers, statuses } from '../words.ts';

/**
 * The position of an announcement in the lead's history: the version of the commit, and the number of the ledger entry
 * in that commit.
 */
export const position = {
  leadId,
  version: z.int().check(z.gte(1)),
  ordinal: z.int().check(z.gte(0)),
};

/** The standing of the lead after the change. `actionChanged` is true if there is something to do. */
export const standing = {
  stage,
  status: z.enum(statuses),
  tier,
  score,
  coverage: share,
  modelVersion: text(160),
  /** The lane that the lead is in; left out if the model has none, or it isn't known. */
  lane: z.optional(name),
  /** Whether its situation slide is complete enough; left out if the model has no slide, or it isn't known. */
  demoReady: z.optional(z.boolean()),
  /** True if the policy asks for a hand-off and too little is known of the lead for it; left out otherwise. */
  heldBack: z.optional(z.literal(true)),
  /** Only there while a person overrides the model: the tier that the model gives, and whether the lead is held. */
  overridden: z.optional(overridden),
  action,
  actionChanged: z.boolean(),
};

/** The trigger of the change, if no event of the moment did; left out otherwise. */
export const clockTrigger = z.optional(z.enum(clockTriggers));

/** The fields that the announcements of all changes of a lead share: the position and the standing. */
export type SharedField = keyof typeof position | keyof typeof standing;

/** The fields of a lead that was closed. It has no standing, and whatever was under way for it stops. */
export const closing = {
  action: z.strictObject({ kind: z.literal('none') }),
  actionChanged: z.literal(true),
};

export const closingSample = {
  leadId: 'l-1',
  version: 4,
  ordinal: 0,
  action: { kind: 'none' },
  actionChanged: true,
} as const;

/** A criterion that gave points. `weight` is how far it moved the score, in points of the 0 to 100 score. */
export const scoreReason = z.strictObject({
  dimension: name,
  criterion: name,
  text: text(300),
  points: z.number(),
  weight: z.number(),
});
export type ScoreReason = z.infer<typeof scoreReason>;
