import type { Action } from '../../events/index.ts';
import { findOverride, type LeadState } from '../../shared/lead/index.ts';
import type { Facts } from '../../shared/scoring/index.ts';
import { formatCount } from '../text/format-count.ts';
import { spellInstant } from '../text/format-instant.ts';

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Returns an action in a few words. */
export const actionWords = (action: Action): string => {
  switch (action.kind) {
    case 'none':
      return 'none';
    case 'nurture':
      return `nurture on track "${action.track}"`;
    case 'handoff':
      return `hand-off to queue "${action.queue}", to be answered within ${action.dueHours} hours`;
    default:
      return action satisfies never;
  }
};

/** Returns sentences on what a person overrides, and what the model says. */
export const overrideWords = ({ overridden, facts, status, score }: LeadState): string[] => {
  const override = findOverride(facts);
  if (overridden === undefined || override === undefined) return [];
  const { tier, hold, until, actor, reason } = override;
  const said = [
    ...(tier === undefined ? [] : [`set it to ${tier === 'none' ? 'no tier' : tier}`]),
    ...(hold ? ['held it out of hand-offs'] : []),
  ].join(' and ');
  const byModel = overridden.tier === 'none' ? 'no tier' : overridden.tier;
  const model =
    status === 'disqualified' ? 'it stays disqualified' : `the model says ${byModel} (${score} of 100)`;
  return [`A person (${actor}) ${said} until ${spellInstant(until)}; ${model}. Reason: ${reason}.`];
};

const waitWords = ({ actionsWait }: LeadState): string[] =>
  actionsWait
    ? ['Another model was activated without actions: what runs goes on, until the next event of the lead.']
    : [];

const heldBackWords = (state: LeadState): string[] =>
  state.heldBack
    ? [
        `It would be handed off to sales, but is held back, since too little is known of it (${percent(state.coverage)}).`,
      ]
    : [];

const countKnown = (values: Facts['attributes'] | Facts['answers']): number =>
  Object.values(values).filter(([value]) => value !== null).length;

const knownWords = ({ attributes, answers, activities }: Facts): string =>
  [
    formatCount(countKnown(attributes), 'attribute'),
    formatCount(countKnown(answers), 'answer'),
    formatCount(Object.keys(activities).length, 'kind of activity', 'kinds of activity'),
  ].join(', ');

/**
 * Returns sentences on stage, tier, score, status and action of a lead.
 *
 * @param time sentences on the instant as of which it stands so, and on what happens next by itself
 */
export const standingWords = (state: LeadState, time: readonly string[] = []): string[] => {
  const { leadId, stage, tier, score, coverage, modelVersion, version } = state;
  return [
    `${leadId} is at stage ${stage} and ${tier === 'none' ? 'in no tier' : `its tier is ${tier}`}. It scores ${score} of 100; ${percent(coverage)} of what the score asks for is known (model ${modelVersion}).`,
    ...(state.disqualification === undefined
      ? []
      : [`It is disqualified, since it ${state.disqualification.text}.`]),
    ...(state.status === 'recycled'
      ? ['It is recycled: sales gave it back, and nothing has moved it on since.']
      : []),
    ...overrideWords(state),
    ...heldBackWords(state),
    ...waitWords(state),
    `Known: ${knownWords(state.facts)}.`,
    `Next action: ${actionWords(state.action)}. Latest event: ${new Date(state.facts.seen).toISOString()}${version > 0 ? `, version ${version}` : ''}.`,
    ...time,
  ];
};
