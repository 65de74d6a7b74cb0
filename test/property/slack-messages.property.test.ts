import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directions, stages, tiers, transitionKinds, triggers } from '../../events/index.ts';
import type { ReadyDelivery } from '../../shared/deliveries/index.ts';
import { findLeadNews } from '../../shared/deliveries/news/lead-news.ts';
import { buildLeadMessage } from '../../shared/deliveries/slack/lead-message.ts';
import { buildListMessage } from '../../shared/deliveries/slack/list-message.ts';
import { fillNaming } from '../../shared/deliveries/slack/show-lead.ts';
import { seeded } from '../support/seed.ts';
import { findControlSequences, findMessageProblem, readShown } from '../support/slack-server.ts';
import { aDelivery } from '../support/target-deps.ts';

/** Texts of all lengths, with what Slack reads as a mention, a link, a quote or an entity. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc
    .array(
      fc.constantFrom(
        '<!channel>',
        '<@U1>',
        '<#C1|x>',
        '<https://x|y>',
        '&lt;',
        '&',
        '>',
        '\n> ',
        '|',
        '*',
        '`',
        '😀',
        '\ud800',
        '\u202e',
        'a',
      ),
      { maxLength: 1_500 },
    )
    .map((parts) => parts.join('')),
);

const reason = fc.record({
  dimension: fc.constant('d'),
  criterion: fc.constant('c'),
  text: hostileText,
  points: fc.double({ noNaN: true, min: -100, max: 100 }),
  weight: fc.double({ noNaN: true, min: -100, max: 100 }),
});

const attributes = fc.dictionary(
  fc.constantFrom('name', 'company', 'owner', 'phone'),
  fc.oneof(
    hostileText,
    fc.double(),
    fc.boolean(),
    fc.array(hostileText, { maxLength: 20 }),
    fc.constant(null),
  ),
);

const common = {
  score: fc.double({ noNaN: true, min: 0, max: 100 }),
  tier: fc.constantFrom(...tiers),
  reasons: fc.array(reason, { maxLength: 5 }),
};

const news = fc.oneof(
  fc.record({
    type: fc.constant('LeadTierChanged' as const),
    data: fc.record(
      {
        ...common,
        from: fc.constantFrom(...tiers),
        to: fc.constantFrom(...tiers),
        direction: fc.constantFrom(...directions),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('LeadStageTransitioned' as const),
    data: fc.record(
      {
        ...common,
        from: fc.constantFrom(...stages, null),
        to: fc.constantFrom(...stages),
        kind: fc.constantFrom(...transitionKinds),
        trigger: fc.constantFrom(...triggers),
        reason: hostileText,
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('LeadDisqualified' as const),
    data: fc.record({ because: fc.record({ text: hostileText }) }, { requiredKeys: [] }),
  }),
  fc.record({
    type: fc.constant('HandoffRequested' as const),
    data: fc.record(
      {
        ...common,
        queue: fc.constant('sales'),
        dueAt: fc.constant('2026-03-02T09:00:00.000Z'),
        question: fc.record({ name: fc.constant('q'), text: hostileText }),
      },
      { requiredKeys: [] },
    ),
  }),
);

const leadId = fc.stringMatching(/^[A-Za-z0-9_.:@+-]{1,128}$/);

const delivery: fc.Arbitrary<ReadyDelivery> = fc
  .record({ leadId, attributes, news })
  .map(({ news: { type, data }, ...given }) => aDelivery({ ...given, type, data }));

const linkTemplate = fc.constantFrom(
  undefined,
  'https://crm.example/{leadId}',
  `https://crm.example/?a=1&b=2#${'x'.repeat(800)}{leadId}`,
);

const toNews = (given: ReadyDelivery) => {
  const found = findLeadNews(given);
  if (found === undefined) throw new Error(`${given.type} is about no lead`);
  return { delivery: given, news: found };
};

describe('a message of Slack', () => {
  it('is within the limits of Slack and has no markup of data, whatever the data of the lead is', () => {
    fc.assert(
      fc.property(
        fc.array(delivery, { minLength: 1, maxLength: 30 }),
        linkTemplate,
        (deliveries, template) => {
          const naming = fillNaming({
            kind: 'slack',
            ...(template === undefined ? {} : { linkTemplate: template }),
          });
          const all = deliveries.map(toNews);
          const messages = [
            buildListMessage(all, naming),
            ...all.map((one) => buildLeadMessage(one, naming)),
          ];
          for (const message of messages) {
            const body = JSON.stringify(message);
            expect(findMessageProblem(body)).toBeUndefined();
            expect([message.text, ...readShown(body)].flatMap(findControlSequences)).toEqual([]);
            expect(body).toBe(body.toWellFormed());
          }
        },
      ),
      { ...seeded(), numRuns: 300 },
    );
  });
});
