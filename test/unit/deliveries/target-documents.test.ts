import { describe, expect, it } from 'vitest';
import type { HubspotOptions, SlackOptions } from '../../../shared/deliveries/index.ts';
import { checkHubspotTarget, checkSlackTarget } from '../../../shared/subscription-documents/check-target.ts';
import { hubspotTarget } from '../../../shared/subscription-documents/hubspot-target.ts';
import { slackTarget } from '../../../shared/subscription-documents/slack-target.ts';

describe('the target of a document for Slack', () => {
  it.each<SlackOptions>([
    { kind: 'slack' },
    {
      kind: 'slack',
      cooldownHours: 0,
      name: ['firstName', 'lastName'],
      company: 'account',
      linkTemplate: 'https://crm.example/leads/{leadId}?from=slack',
    },
    { kind: 'slack', baseUrl: 'http://127.0.0.1:4000' },
  ])('is taken: %j', (given) => {
    const options: SlackOptions = slackTarget.parse(given) as SlackOptions;
    expect(options).toEqual(given);
  });

  it.each([
    { url: 'https://hooks.slack.com/services/T0/B0/x' },
    { cooldownHours: -1 },
    { name: [] },
    { linkTemplate: 'http://crm.example/{leadId}' },
    { linkTemplate: 'https://crm.example{leadId}' },
    { linkTemplate: 'https://crm.example/leads' },
    { linkTemplate: 'https://crm.example/|<!channel>{leadId}' },
    { baseUrl: 'https://evil.example' },
    { baseUrl: 'http://169.254.169.254' },
  ])('is refused with %j', (given) => {
    expect(slackTarget.safeParse({ kind: 'slack', ...given }).success).toBe(false);
  });

  it('shows only attributes that the subscription names', () => {
    const events = ['HandoffRequested', 'ScoringModelActivated'] as const;
    expect(
      checkSlackTarget(
        { attributes: ['name'], events },
        { kind: 'slack', name: ['name', 'alias'], company: 'firm' },
      ),
    ).toEqual([
      { path: 'events[1]', given: '"ScoringModelActivated"', allowed: 'announcements about a lead' },
      { path: 'target.name[1]', given: '"alias"', allowed: "one of the subscription's attributes: name" },
      { path: 'target.company', given: '"firm"', allowed: "one of the subscription's attributes: name" },
    ]);
    expect(checkSlackTarget({ attributes: [], events: ['HandoffRequested'] }, { kind: 'slack' })).toEqual([]);
  });
});

describe('the target of a document for HubSpot', () => {
  it.each<HubspotOptions>([
    { kind: 'hubspot', record: { leadIdPrefix: 'hubspot:' } },
    {
      kind: 'hubspot',
      record: { attribute: 'hubspotContactId' },
      properties: { score: 'our_score', stage: null },
    },
    {
      kind: 'hubspot',
      record: { attribute: 'email', idProperty: 'email' },
      baseUrl: 'http://localhost:4000/',
    },
  ])('is taken: %j', (given) => {
    const options: HubspotOptions = hubspotTarget.parse(given) as HubspotOptions;
    expect(options).toEqual(given);
  });

  it.each([
    {},
    { record: {} },
    { record: { leadIdPrefix: '' } },
    { record: { leadIdPrefix: 'hubspot:', attribute: 'id' } },
    { record: { attribute: 'id' }, properties: { score: 'Our Score' } },
    { record: { attribute: 'id' }, properties: { colour: 'sluice_colour' } },
    { record: { attribute: 'id' }, token: 'pat-eu1' },
    { record: { attribute: 'id' }, baseUrl: 'https://api.hubapi.com.evil.example' },
  ])('is refused with %j', (given) => {
    expect(hubspotTarget.safeParse({ kind: 'hubspot', ...given }).success).toBe(false);
  });

  it('gets announcements about leads only', () => {
    expect(checkHubspotTarget({ attributes: [], events: ['DeliveriesPaused'] })).toEqual([
      { path: 'events[0]', given: '"DeliveriesPaused"', allowed: 'announcements about a lead' },
    ]);
  });
});
