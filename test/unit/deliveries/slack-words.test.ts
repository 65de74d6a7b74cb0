import { describe, expect, it } from 'vitest';
import type { OutboundType } from '../../../events/index.ts';
import { findLeadNews } from '../../../shared/deliveries/news/lead-news.ts';
import { describeNews } from '../../../shared/deliveries/slack/describe-news.ts';

const told = (type: OutboundType, data: Record<string, unknown>): string | undefined => {
  const news = findLeadNews({ type, data });
  return news && describeNews(news);
};

const because = {
  disqualifier: 'no-problem',
  class: 'problem',
  text: 'has none of the problems that the product solves',
};

describe('the sentence about a lead', () => {
  it.each<[OutboundType, Record<string, unknown>, string]>([
    [
      'LeadTierChanged',
      { from: 'none', to: 'excellent', direction: 'up', score: 81 },
      'is now excellent (81 of 100)',
    ],
    [
      'LeadTierChanged',
      { from: 'good', to: 'excellent', direction: 'up', score: 81.25 },
      'is now excellent (81.3 of 100, before: good)',
    ],
    [
      'LeadTierChanged',
      { from: 'excellent', to: 'risky', direction: 'down', score: 41, trigger: 'time' },
      'fell to risky (41 of 100, before: excellent), because time has passed',
    ],
    [
      'LeadTierChanged',
      { from: 'risky', to: 'none', direction: 'down', score: 12 },
      'no longer qualifies (12 of 100, before: risky)',
    ],
    ['LeadScored', { from: 50, score: 61.5, tier: 'good' }, 'has 61.5 of 100 now (good, before: 50)'],
    ['LeadStageTransitioned', { from: null, to: 'lead', kind: 'entered' }, 'is new: a lead'],
    [
      'LeadStageTransitioned',
      { from: 'mql', to: 'sql', kind: 'advanced', trigger: 'handoff-accepted' },
      'is now sales qualified (SQL), before: marketing qualified (MQL) – sales accepted it',
    ],
    [
      'LeadStageTransitioned',
      { from: 'mql', to: 'customer', kind: 'skipped', trigger: 'won' },
      'is now a customer, before: marketing qualified (MQL) – a deal was won',
    ],
    [
      'LeadStageTransitioned',
      { from: 'opportunity', to: 'sql', kind: 'went-back', trigger: 'stated' },
      'went back and is now sales qualified (SQL), before: an opportunity',
    ],
    [
      'LeadStageTransitioned',
      { from: 'mql', to: 'mql', kind: 'stayed', trigger: 'handoff-rejected', reason: 'no budget' },
      'goes back to marketing, and is still marketing qualified (MQL) – sales rejected it: "no budget"',
    ],
    ['LeadDisqualified', { because }, 'was ruled out: it has none of the problems that the product solves'],
    [
      'LeadRequalified',
      { was: because, cause: 'model' },
      'is no longer ruled out, because the rules have changed (before: it has none of the problems that the ' +
        'product solves)',
    ],
    ['LeadRedirected', { mergedInto: 'l-2' }, 'is the same as l-2, and was merged into it'],
    ['LeadErased', { cause: 'request' }, 'was erased, because somebody asked for it'],
    ['LeadErased', { cause: 'retention' }, 'was erased, since nothing was heard of it for a long time'],
    ['NurtureStarted', { track: 'basics' }, 'now gets the messages of the series basics'],
    [
      'NurtureStopped',
      { track: 'basics', replacedBy: 'deep' },
      'no longer gets the messages of the series basics, but those of the series deep',
    ],
    [
      'HandoffRequested',
      { queue: 'sales', dueAt: '2026-03-03T09:00:00.000Z', tier: 'excellent', score: 81 },
      'was handed to queue sales (excellent, 81 of 100), answer by Tue 3 March 09:00 UTC',
    ],
    [
      'HandoffExpired',
      {
        queue: 'sales',
        dueAt: '2026-03-03T09:00:00.000Z',
        followedBy: 'pass',
        nextQueue: 'backup',
        nextDueAt: '2026-03-03T13:00:00.000Z',
      },
      'got no answer from queue sales until Tue 3 March 09:00 UTC. It was passed on to queue backup, answer by ' +
        'Tue 3 March 13:00 UTC',
    ],
    [
      'HandoffExpired',
      { queue: 'sales', dueAt: '2026-03-03T09:00:00.000Z', followedBy: 'recycle' },
      'got no answer from queue sales until Tue 3 March 09:00 UTC. It goes back to marketing',
    ],
    [
      'HandoffDeadlineMoved',
      { effect: 'paused', activity: 'waiting_for_lead' },
      'is on hold: the time to answer is paused (waiting for lead)',
    ],
    ['HandoffDeadlineMoved', { effect: 'resumed' }, 'is no longer on hold: the time to answer runs again'],
    ['HandoffDeadlineMoved', { effect: 'reset', activity: 'call' }, 'has a new time to answer (call)'],
  ])('says of %s %j: it %s', (type, data, sentence) => {
    expect(told(type, data)).toBe(sentence);
  });

  it.each<[OutboundType, string]>([
    ['LeadTierChanged', 'is rated differently now'],
    ['LeadScored', 'has another score now'],
    ['LeadStageTransitioned', 'moved in the funnel'],
    ['LeadDisqualified', 'was ruled out'],
    ['LeadRequalified', 'is no longer ruled out'],
    ['LeadRedirected', 'is the same as another lead, and was merged into it'],
    ['LeadErased', 'was erased, because somebody asked for it'],
    ['NurtureStarted', 'now gets a series of messages'],
    ['NurtureStopped', 'no longer gets a series of messages'],
    ['HandoffRequested', 'was handed to sales'],
    ['HandoffExpired', 'got no answer from sales in time'],
    ['HandoffDeadlineMoved', 'has a new time to answer'],
  ])('is still one if the subscription wants no field of %s', (type, sentence) => {
    expect(told(type, {})).toBe(sentence);
  });

  it.each<OutboundType>(['EventQuarantined', 'ScoringModelActivated', 'DeliveriesPaused'])(
    'is none of %s, which is about no lead',
    (type) => {
      expect(told(type, {})).toBeUndefined();
    },
  );
});
