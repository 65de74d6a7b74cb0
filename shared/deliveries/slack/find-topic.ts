import type { LeadNews } from '../news/lead-news.ts';

/**
 * Finds what a lead is in the news for, such as `tier:excellent`: the same isn't posted again within the cooldown. News
 * of hand-offs, and of the end of a lead, have no topic: they are always posted.
 */
export const findTopic = (news: LeadNews): string | undefined => {
  switch (news.type) {
    case 'LeadTierChanged':
      return `tier:${news.data.tier ?? '?'}`;
    case 'LeadScored':
      return `score:${news.data.tier ?? '?'}`;
    case 'LeadStageTransitioned':
      return `stage:${news.data.to ?? '?'}:${news.data.tier ?? '?'}`;
    case 'LeadDisqualified':
      return 'disqualified';
    case 'LeadRequalified':
      return `requalified:${news.data.tier ?? '?'}`;
    case 'NurtureStarted':
      return `track:${news.data.track ?? '?'}`;
    case 'NurtureStopped':
      return `track-ended:${news.data.track ?? '?'}`;
    case 'HandoffRequested':
    case 'HandoffExpired':
    case 'HandoffDeadlineMoved':
    case 'LeadRedirected':
    case 'LeadErased':
      return undefined;
    default:
      return news satisfies never;
  }
};
