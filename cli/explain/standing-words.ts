import type { Action } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const actionWords = (action: Action): string => {
  switch (action.kind) {
    case 'none':
      return 'nothing is to be done';
    case 'nurture':
      return `it is nurtured on track "${action.track}"`;
    case 'handoff':
      return `it is handed off to "${action.queue}", to be answered within ${action.dueHours} hours`;
    default:
      return action satisfies never;
  }
};

const heldBackWords = (state: LeadState): string[] =>
  state.heldBack
    ? [`It would be handed to sales, but too little is known of it: only ${percent(state.coverage)}.`]
    : [];

/** Returns sentences on stage, tier, score, status and action of a lead. */
export const standingWords = (state: LeadState): string[] => {
  const { leadId, stage, tier, score, coverage, modelVersion, version } = state;
  return [
    `${leadId} is at stage ${stage} and its tier is ${tier}: it scores ${score} of 100, knowing ${percent(coverage)} of what the score asks for (model ${modelVersion}).`,
    ...(state.disqualification === undefined
      ? []
      : [`It is disqualified, since it ${state.disqualification.text}.`]),
    ...(state.status === 'recycled' ? ['Sales gave it back, and nothing has moved it on since.'] : []),
    ...heldBackWords(state),
    `By the policy ${actionWords(state.action)}. Last heard of ${new Date(state.facts.seen).toISOString()}${version > 0 ? `, version ${version}` : ''}.`,
  ];
};
