import type { Stage, Tier } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';

/** A lead as commands print it for programs: one JSON object a line. */
export interface LeadRecord {
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
