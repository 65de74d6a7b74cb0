import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { showProblem } from '../../../events/index.ts';
import {
  InvalidSubscriptionsError,
  parseSubscription,
  readSubscriptions,
} from '../../../shared/subscription-documents/index.ts';

const document = {
  name: 'crm',
  owner: 'Sales operations',
  events: ['LeadTierChanged'],
  target: { kind: 'webhook', url: 'https://crm.example.com/hook' },
};

const problems = (given: object, options = {}) => {
  const parsed = parseSubscription(JSON.stringify({ ...document, ...given }), options);
  return parsed.ok ? [] : parsed.problems.map(showProblem);
};

describe('a subscription document', () => {
  it('has defaults: no attributes, its own name as that of its secrets, and when it is paused', () => {
    expect(parseSubscription(JSON.stringify({ $schema: 'x', ...document }))).toEqual({
      ok: true,
      subscription: {
        ...document,
        attributes: [],
        secret: 'crm',
        pauseAfter: { failures: 100, hours: 24 },
      },
    });
  });

  it('takes Slack and HubSpot as targets', () => {
    expect(problems({ target: { kind: 'slack' } })).toEqual([]);
    expect(problems({ target: { kind: 'hubspot', record: { attribute: 'hubspotContactId' } } })).toEqual([]);
  });

  it.each([{ kind: 'slack' }, { kind: 'hubspot', record: { leadIdPrefix: 'hubspot:' } }])(
    'may send to this machine in place of a vendor only on a local stack: %j',
    (vendor) => {
      const target = { ...vendor, baseUrl: 'http://127.0.0.1:4000' };
      expect(problems({ target })).toEqual([expect.stringMatching(/^target\.baseUrl: given /)]);
      expect(problems({ target }, { allowLoopback: true })).toEqual([]);
    },
  );

  it('is refused with all its problems at once', () => {
    const found = problems({
      name: 'CRM',
      owner: ' ',
      events: ['LeadTierChange'],
      filter: { tiers: ['best'], tier: 'good' },
      attributes: ['_x'],
      target: { kind: 'fax' },
      pauseAfter: { failures: 0 },
    });
    expect(found).toHaveLength(8);
    expect(found[2]).toContain('did you mean');
  });

  it.each(['LeadActivityRecorded', 'EventQuarantined', 'DeliveriesPaused', 'ScoringModelActivated'])(
    'is refused if it wants %s, which is not announced about a lead',
    (type) => expect(problems({ events: [type] })[0]).toMatch(/^events\[0\]: given /),
  );

  it.each([
    'http://crm.example.com/',
    'https://10.0.0.1/',
    'https://user:secret@crm.example.com/',
    'https://crm.example.com:25/',
    'http://127.0.0.1:8030/',
  ])('is refused if its URL is %s', (url) =>
    expect(problems({ target: { kind: 'webhook', url } })[0]).toMatch(/^target\.url: given /),
  );

  it('names fields that one of its announcements has', () => {
    const events = ['LeadTierChanged', 'HandoffRequested'];
    expect(problems({ events, fields: ['leadId', 'tier', 'queue', 'dueAt'] })).toEqual([]);
    expect(problems({ events, fields: ['tiers', 'trackName', 'attributes'] })).toEqual([
      'fields[0]: given "tiers"; allowed: a field of the data of one of the events; did you mean tier?',
      'fields[1]: given "trackName"; allowed: a field of the data of one of the events',
      'fields[2]: given "attributes"; allowed: fields of data; attributes of the lead are named in "attributes"',
    ]);
  });

  it('may lead to this machine on a local stack', () => {
    const target = { kind: 'webhook', url: 'http://127.0.0.1:8030/' };
    expect(problems({ target }, { allowLoopback: true })).toEqual([]);
  });

  it.each(['', '[]', 'null', '{"name":'])('is refused if it is %j', (text) =>
    expect(parseSubscription(text).ok).toBe(false),
  );
});

describe('a folder of subscriptions', () => {
  const folder = (files: Readonly<Record<string, string>>) => {
    const path = mkdtempSync(join(tmpdir(), 'sluice-subscriptions-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    return path;
  };

  it('is read by name, and whatever is no document is left out', () => {
    const path = folder({
      'b.json': JSON.stringify({ ...document, name: 'b' }),
      'a.json': JSON.stringify({ ...document, name: 'a' }),
      'README.md': '# no document',
    });
    expect(readSubscriptions(path).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('is refused with the problems of all files', () => {
    const path = folder({
      'a.json': JSON.stringify({ ...document, name: 'b' }),
      'c.json': '{',
      'd.json': JSON.stringify({ ...document, name: 'd', owner: '' }),
    });
    expect(() => readSubscriptions(path)).toThrow(InvalidSubscriptionsError);
    expect(() => readSubscriptions(path)).toThrow(/a\.json: name.*\n.*c\.json.*\n.*d\.json: owner/);
  });

  it('is refused if it is not there', () => {
    expect(() => readSubscriptions('/nowhere/at/all')).toThrow(/a folder of subscription documents/);
  });
});
