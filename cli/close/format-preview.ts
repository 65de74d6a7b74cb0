import type { LeadState } from '../../shared/lead/index.ts';
import { listFirst } from '../../shared/suggest/index.ts';
import { formatCount } from '../text/format-count.ts';
import { type LeadPreview, stateOf } from './read-lead.ts';

/** The most names of one kind that are listed. */
const mostNames = 20;

export const formatStanding = ({
  stage,
  status,
  tier,
  score,
}: Pick<LeadState, 'stage' | 'status' | 'tier' | 'score'>) =>
  `stage ${stage}, ${status}, tier ${tier}, score ${score}`;

const formatNames = (title: string, names: object): string[] => {
  const list = Object.keys(names);
  return list.length === 0 ? [] : [`  ${title}: ${listFirst(list, mostNames)}`];
};

const formatFacts = ({ facts }: LeadState): string[] => [
  `  last heard: ${new Date(facts.seen).toISOString()}`,
  ...formatNames('attributes', facts.attributes),
  ...formatNames('answers', facts.answers),
  ...formatNames('activities', facts.activities),
  ...formatNames('outcomes', facts.outcomes),
];

/** Returns what is stored of a lead as lines for people: names of facts, without their values. */
export const formatPreview = (preview: LeadPreview, title: string): string[] => {
  const { given, leadId, entries, handoffs, openHandoffs, track, waitingTrack, mergedLeads } = preview;
  const state = stateOf(preview);
  return [
    ...(given === undefined ? [] : [`Lead ${given} was merged into ${leadId}.`]),
    `Lead ${leadId}, ${title}:`,
    `  ${formatCount(entries, 'event')}${state === undefined ? '' : `, ${formatStanding(state)}`}`,
    ...(state === undefined ? [] : formatFacts(state)),
    ...(handoffs === 0 ? [] : [`  ${formatCount(handoffs, 'hand-off')}, ${openHandoffs} of them open`]),
    ...(track === undefined ? [] : [`  on nurture track ${track}`]),
    ...(waitingTrack === undefined
      ? []
      : [`  begins nurture track ${waitingTrack.track} on ${waitingTrack.dueAt}`]),
    ...(mergedLeads.length === 0 ? [] : [`  merged into it before: ${listFirst(mergedLeads, mostNames)}`]),
  ];
};
