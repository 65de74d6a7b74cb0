import { noFacts, type ScoringModel } from '../scoring/index.ts';
import { announcedScoreAfter } from './announced-score.ts';
import { type Cause, changesBetween } from './changes.ts';
import type { Decided } from './commit.ts';
import { evolve } from './evolve.ts';
import { type Judgement, judge, withRunningAction } from './judge.ts';
import { isBackfill, type JudgedEvent } from './lead-event.ts';
import { type Announced, type LeadState, modelTierOf } from './state.ts';

export interface Decision {
  readonly state: LeadState;
  readonly decided: Decided;
}

export interface DecideOptions {
  /**
   * True if the changes are counted and neither stored nor announced: they then have no reasons, which are costly to find.
   * Nothing else of the decision depends on it.
   */
  readonly withoutReasons?: true | undefined;
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
  const { disqualification: _disqualification, overridden: _overridden, ...state } = before;
  return { ...state, ...before.announced };
};

const pickAnnounced = ({
  stage,
  status,
  tier,
  action,
  modelVersion,
  disqualification,
  overridden,
}: LeadState): Announced => ({
  stage,
  status,
  tier,
  action,
  modelVersion,
  ...(disqualification !== undefined && { disqualification }),
  ...(overridden !== undefined && { overridden }),
});

/** Returns whether an event leaves a lead unsettled: it is history, or a new model for a lead that is unsettled. */
const isSilent = (before: LeadState | undefined, event: JudgedEvent): boolean =>
  isBackfill(event) || (event.type === 'LeadRescoreRequested' && before?.announced !== undefined);

/**
 * Returns whether the actions of a lead wait after an event: another model was activated without actions, and since then
 * nothing has happened to the lead. A lead that is unsettled has history of its own that isn't announced yet, and a
 * hand-off that expires isn't started by a model: for both, the policy is followed.
 */
const doActionsWait = (model: ScoringModel, before: LeadState | undefined, event: JudgedEvent): boolean => {
  if (before === undefined || isSilent(before, event)) return false;
  const waited = before.actionsWait === true;
  if (event.type === 'LeadClockAdvanced') return waited;
  if (event.type !== 'LeadRescoreRequested' || event.data.actions === 'all') return false;
  return waited || (event.data.actions === 'none' && before.modelVersion !== model.version);
};

/** Returns the cause of what an event changes. Time that is advanced either settles a lead or changes it by itself. */
const causeOf = (before: LeadState | undefined, event: JudgedEvent): Cause => {
  const { type } = event;
  if (type === 'LeadClockAdvanced')
    return { type, trigger: before?.announced === undefined ? 'time' : 'backfill' };
  if (type === 'LeadRescoreRequested')
    return event.data.actions === undefined ? { type } : { type, trigger: 'model' };
  return type === 'LeadActivityRecorded' ? { type, activity: event.data.activity } : { type };
};

const keepAction = (before: LeadState, { placement, standing }: Judgement): Judgement => ({
  placement,
  standing: withRunningAction(before, standing),
});

/**
 * Decides one event of a lead: folds it into the facts, judges the facts, and finds the changes. It is pure: the facts
 * are judged at the lead's own instant, never at the time of a clock.
 *
 * The changes of a lead that is settled are those since its last event. History changes nothing that is announced: its
 * changes are recorded as silent, and the next event that isn't history announces the difference to what was announced
 * last. Until then the tier depends on the announced one alone, so that the order of history doesn't matter. The announced
 * score is part of the state if the policy announces scores. While the actions of a lead wait, its action stays.
 *
 * @example const { state, decided } = decide(model, before, event);
 * @param before undefined for a lead without a ledger
 */
export const decide = (
  model: ScoringModel,
  before: LeadState | undefined,
  event: JudgedEvent,
  { withoutReasons }: DecideOptions = {},
): Decision => {
  const facts = evolve(before?.facts ?? noFacts, event);
  const announced = findAnnounced(before);
  const wait = doActionsWait(model, before, event);
  const judged = judge(model, facts, announced === undefined ? 'none' : modelTierOf(announced));
  const judgement = wait && before !== undefined ? keepAction(before, judged) : judged;
  const { standing } = judgement;
  const state = {
    leadId: leadIdOf(before, event),
    version: before?.version ?? 0,
    facts,
    ...standing,
    ...(wait && { actionsWait: wait }),
  };
  const complete = (decided: Decided, unsettled: Pick<LeadState, 'announced'> = {}): Decision => ({
    state: { ...state, ...unsettled, ...announcedScoreAfter(model, before?.announcedScore, decided) },
    decided,
  });
  if (isSilent(before, event)) {
    const cause: Cause = { type: event.type, silent: true, ...(withoutReasons && { withoutReasons }) };
    const changed = changesBetween(model, facts, before, judgement, cause);
    const unsettled = { announced: announced === undefined ? null : pickAnnounced(announced) };
    return complete({ standing, ...changed, silent: true }, unsettled);
  }
  const cause: Cause = { ...causeOf(before, event), ...(withoutReasons && { withoutReasons }) };
  const changed = changesBetween(model, facts, announced, judgement, cause);
  return complete({ standing, ...changed });
};
