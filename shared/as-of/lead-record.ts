import type { Stage, Tier } from '../../events/index.ts';
import type { LeadState } from '../lead/index.ts';

/** A lead as programs read it, without what is known of it. */
interface LeadRecord {
  readonly leadId: string;
  readonly stage: Stage;
  readonly status: LeadState['status'];
  readonly tier: Tier;
  readonly score: number;
  readonly coverage: number;
  readonly dimensions: Readonly<Record<string, number>>;
  readonly modelVersion: string;
  readonly version: number;
}

export const leadRecord = (state: LeadState): LeadRecord => {
  const { leadId, stage, status, tier, score, coverage, dimensions, modelVersion, version } = state;
  return { leadId, stage, status, tier, score, coverage, dimensions, modelVersion, version };
};

/** Returns the instant of a lead's latest event, in ISO 8601. */
export const lastHeard = ({ facts }: LeadState): string => new Date(facts.seen).toISOString();
