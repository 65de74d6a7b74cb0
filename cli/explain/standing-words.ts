import type { Action } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { Facts } from '../../shared/scoring/index.ts';
import { formatCount } from '../text/format-count.ts';

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
    ...heldBackWords(state),
    `Known: ${knownWords(state.facts)}.`,
    `Next action: ${actionWords(state.action)}. Latest event: ${new Date(state.facts.seen).toISOString()}${version > 0 ? `, version ${version}` : ''}.`,
    ...time,
  ];
};
