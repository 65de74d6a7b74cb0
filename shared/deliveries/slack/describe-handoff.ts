import type { NewsData } from '../news/lead-news.ts';
import { showInstant } from './show-instant.ts';
import { showAside, showScore } from './show-standing.ts';

const toQueue = (queue: string | undefined): string => (queue === undefined ? 'sales' : `queue ${queue}`);

const answerBy = (instant: string | undefined): string =>
  instant === undefined ? '' : `, answer by ${showInstant(instant)}`;

export const describeRequested = ({ queue, dueAt, tier, score }: NewsData<'HandoffRequested'>): string =>
  `was handed to ${toQueue(queue)}${showAside(tier, showScore(score))}${answerBy(dueAt)}`;

const describeNextStep = (data: NewsData<'HandoffExpired'>): string => {
  const { followedBy, nextQueue, nextDueAt, escalatedTo } = data;
  switch (followedBy) {
    case 'remind':
      return `. This is a reminder${answerBy(nextDueAt)}`;
    case 'pass':
      return `. It was passed on to ${toQueue(nextQueue)}${answerBy(nextDueAt)}`;
    case 'escalate':
      return `. It was escalated${escalatedTo === undefined ? '' : ` to ${escalatedTo}`}${answerBy(nextDueAt)}`;
    case 'recycle':
      return '. It goes back to marketing';
    case 'none':
    case undefined:
      return answerBy(nextDueAt);
    default:
      return followedBy satisfies never;
  }
};

export const describeExpired = (data: NewsData<'HandoffExpired'>): string => {
  const by = data.dueAt === undefined ? 'in time' : `until ${showInstant(data.dueAt)}`;
  return `got no answer from ${toQueue(data.queue)} ${by}${describeNextStep(data)}`;
};

export const describeDeadline = ({ effect, activity }: NewsData<'HandoffDeadlineMoved'>): string => {
  const after = showAside(activity?.replaceAll('_', ' '));
  switch (effect) {
    case 'paused':
      return `is on hold: the time to answer is paused${after}`;
    case 'resumed':
      return `is no longer on hold: the time to answer runs again${after}`;
    case 'reset':
    case undefined:
      return `has a new time to answer${after}`;
    default:
      return effect satisfies never;
  }
};
