import { noFacts, type ScoringModel } from '../scoring/index.ts';
import { type Cause, changesBetween } from './changes.ts';
import type { Decided } from './commit.ts';
import { evolve } from './evolve.ts';
import { judge } from './judge.ts';
import { isBackfill, type JudgedEvent } from './lead-event.ts';
import type { Announced, LeadState } from './state.ts';

export interface Decision {
  readonly state: LeadState;
  readonly decided: Decided;
}

/**
 * Returns the id of the lead that an event counts for. An event that names another lead was redirected to a lead that
 * exists.
 */
const leadIdOf = (before: LeadState | undefined, { data }: JudgedEvent): string =>
  before?.leadId ?? data.leadId;

/** Returns the lead as it was last announced; undefined if it never was. */
const findAnnounced = (before: LeadState | undefined): LeadState | undefined => {
  if (before?.announced === undefined) return before;
  if (before.announced === null) return undefined;
  const { disqualification: _disqualification, ...state } = before;
  return { ...state, ...before.announced };
};

const pickAnnounced = ({
  stage,
  status,
  tier,
  action,
  modelVersion,
  disqualification,
}: LeadState): Announced => ({
  stage,
  status,
  tier,
  action,
  modelVersion,
  ...(disqualification !== undefined && { disqualification }),
});

/** Returns whether an event leaves a lead unsettled: it is history, or a new model for a lead that is unsettled. */
const isSilent = (before: LeadState | undefined, event: JudgedEvent): boolean =>
  isBackfill(event) || (event.type === 'LeadRescoreRequested' && before?.announced !== undefined);

/** Returns the cause of what an event changes. Time that is advanced either settles a lead or changes it by itself. */
const causeOf = (before: LeadState | undefined, event: JudgedEvent): Cause => {
  const { type } = event;
  if (type === 'LeadClockAdvanced')
    return { type, trigger: before?.announced === undefined ? 'time' : 'backfill' };
  return type === 'LeadActivityRecorded' ? { type, activity: event.data.activity } : { type };
};

/**
 * Decides one event of a lead: folds it into the facts, judges the facts, and finds the changes. It is pure: the facts
 * are judged at the lead's own instant, never at the time of a clock.
 *
 * The changes of a lead that is settled are those since its last event. History changes nothing that is announced: its
 * changes are recorded as silent, and the next event that isn't history announces the difference to what was announced
 * last. Until then the tier depends on the announced one alone, so that the order of history doesn't matter.
 *
 * @example const { state, decided } = decide(model, before, event);
 * @param before undefined for a lead without a ledger
 */
export const decide = (model: ScoringModel, before: LeadState | undefined, event: JudgedEvent): Decision => {
  const facts = evolve(before?.facts ?? noFacts, event);
  const announced = findAnnounced(before);
  const judgement = judge(model, facts, announced?.tier ?? 'none');
  const { standing } = judgement;
  const state = { leadId: leadIdOf(before, event), version: before?.version ?? 0, facts, ...standing };
  if (!isSilent(before, event))
    return {
      state,
      decided: { standing, ...changesBetween(model, facts, announced, judgement, causeOf(before, event)) },
    };
  return {
    state: { ...state, announced: announced === undefined ? null : pickAnnounced(announced) },
    decided: {
      standing,
      ...changesBetween(model, facts, before, judgement, { type: event.type }),
      silent: true,
    },
  };
};
