import { describe, expect, it } from 'vitest';
import type { DeliverableType } from '../../../events/index.ts';
import { fillPropertyNames } from '../../../shared/deliveries/hubspot/property-names.ts';
import type { SlackOptions, Subscription } from '../../../shared/deliveries/index.ts';
import { findLeadNews } from '../../../shared/deliveries/news/lead-news.ts';
import { describeNews } from '../../../shared/deliveries/slack/describe-news.ts';
import { checkHubspotTarget, checkSlackTarget } from '../../../shared/subscription-documents/check-target.ts';
import { hubspotTarget } from '../../../shared/subscription-documents/hubspot-target.ts';
import { slackTarget } from '../../../shared/subscription-documents/slack-target.ts';
import { findFence, findFences, parseFences, readDocument } from '../../support/docs.ts';

const readSubscription = (document: string, file: string): Subscription => {
  const fences = parseFences(readDocument(document));
  return JSON.parse(findFence(findFences(fences, 'file'), file).body);
};

const because = { text: 'has none of the problems that the product solves' };

/** The announcements behind the sentences of the table. */
const announcements: Readonly<Record<DeliverableType, Record<string, unknown>>> = {
  HandoffRequested: { queue: 'sales', dueAt: '2026-03-03T09:00:00.000Z', tier: 'excellent', score: 81 },
  HandoffExpired: {
    queue: 'sales',
    dueAt: '2026-03-03T09:00:00.000Z',
    followedBy: 'pass',
    nextQueue: 'backup',
    nextDueAt: '2026-03-03T13:00:00.000Z',
  },
  HandoffDeadlineMoved: { effect: 'paused', activity: 'waiting_for_lead' },
  LeadTierChanged: { from: 'good', to: 'excellent', direction: 'up', score: 81 },
  LeadScored: { from: 50, score: 61.5, tier: 'good' },
  LeadStageTransitioned: { from: 'mql', to: 'sql', kind: 'advanced', trigger: 'handoff-accepted' },
  LeadDisqualified: { because },
  LeadRequalified: { was: because, cause: 'facts' },
  NurtureStarted: { track: 'basics' },
  NurtureStopped: { track: 'basics' },
  LeadRedirected: { mergedInto: 'l-2' },
  LeadErased: { cause: 'request' },
};

describe('the page about Slack', () => {
  it('shows a subscription that is taken', () => {
    const subscription = readSubscription('integrations/slack.md', 'sales-slack.json');
    const target = slackTarget.parse(subscription.target) as SlackOptions;
    expect(checkSlackTarget(subscription, target)).toEqual([]);
  });

  it.each(Object.entries(announcements))('has the sentence of %s', (type, data) => {
    const news = findLeadNews({ type: type as DeliverableType, data });
    const row = `| \`${type}\` | ${news && describeNews(news)} |`;
    expect(readDocument('integrations/slack.md').split('\n')).toContain(row);
  });
});

describe('the page about HubSpot', () => {
  it('shows a subscription that is taken', () => {
    const subscription = readSubscription('integrations/hubspot.md', 'hubspot.json');
    hubspotTarget.parse(subscription.target);
    expect(checkHubspotTarget(subscription)).toEqual([]);
  });

  it('names the properties to create, and to ignore when they come back', () => {
    const page = readDocument('integrations/hubspot.md');
    for (const property of Object.values(fillPropertyNames({}))) {
      expect(page).toContain(`| \`${property}\` |`);
      expect(page).toContain(`"${property}"`);
    }
  });
});
