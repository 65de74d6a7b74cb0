import type { LeadNews, NewsData } from '../news/lead-news.ts';
import { describeDeadline, describeExpired, describeRequested } from './describe-handoff.ts';
import {
  describeDisqualified,
  describeRequalified,
  describeScore,
  describeStage,
  describeTier,
} from './describe-standing.ts';

const series = (track: string | undefined): string =>
  track === undefined ? 'a series of messages' : `the messages of the series ${track}`;

const describeStopped = ({ track, replacedBy }: NewsData<'NurtureStopped'>): string =>
  `no longer gets ${series(track)}${replacedBy === undefined ? '' : `, but those of the series ${replacedBy}`}`;

const describeErased = ({ cause }: NewsData<'LeadErased'>): string =>
  cause === 'retention'
    ? 'was erased, since nothing was heard of it for a long time'
    : 'was erased, because somebody asked for it';

/** Describes in the words of sales, without its subject, what happened to a lead. */
export const describeNews = (news: LeadNews): string => {
  switch (news.type) {
    case 'LeadTierChanged':
      return describeTier(news.data);
    case 'LeadScored':
      return describeScore(news.data);
    case 'LeadStageTransitioned':
      return describeStage(news.data);
    case 'LeadDisqualified':
      return describeDisqualified(news.data);
    case 'LeadRequalified':
      return describeRequalified(news.data);
    case 'LeadRedirected':
      return `is the same as ${news.data.mergedInto ?? 'another lead'}, and was merged into it`;
    case 'LeadErased':
      return describeErased(news.data);
    case 'NurtureStarted':
      return `now gets ${series(news.data.track)}`;
    case 'NurtureStopped':
      return describeStopped(news.data);
    case 'HandoffRequested':
      return describeRequested(news.data);
    case 'HandoffExpired':
      return describeExpired(news.data);
    case 'HandoffDeadlineMoved':
      return describeDeadline(news.data);
    default:
      return news satisfies never;
  }
};
