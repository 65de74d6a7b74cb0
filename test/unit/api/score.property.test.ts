import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers as schemas } from '../../../events/api/answers/index.ts';
import type { FactsDocument } from '../../../events/index.ts';
import { answerQueries } from '../../../functions/answer-queries/answer-queries.ts';
import {
  decideAll,
  isClosed,
  judge,
  type LeadState,
  type LedgerEnd,
  type SignalEvent,
} from '../../../shared/lead/index.ts';
import { parseLead, prepareCommit } from '../../../shared/ledger/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { instantOf } from '../../../shared/scoring/index.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { buildSignal, now } from '../../support/events.ts';
import { hostileVersionOf } from '../../support/hostile.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { successReady } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';

const model = successReady();

const refuse = async () => {
  throw new Error('a score reads and stores nothing');
};
const api = answerQueries({
  client: createClient(refuse),
  leadsTable: 'leads',
  identitiesTable: 'identities',
  requests: { readCursorSecret: refuse },
  models: createFixedModels(model),
  now: () => now,
});
const ask = (body: unknown) => api(apiRequest('scoreFacts', { body }));

type Value = string | number | boolean | string[];
type Bag = Record<string, Value>;

const bagOf = (values: Record<string, fc.Arbitrary<Value>>): fc.Arbitrary<Bag> =>
  fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<Bag>;

const attributes = bagOf({
  seniority: fc.constantFrom('executive', 'director', 'manager', 'staff'),
  department: fc.constantFrom('sales', 'operations', 'it'),
  industry: fc.constantFrom('software', 'finance', 'mining'),
  employees: fc.constantFrom(0, 12, 240, 1200, 100_000, 0.5),
  emailType: fc.constantFrom('business', 'private'),
  country: fc.constantFrom('DE', 'Österreich'),
});

const said = bagOf({
  need: fc.constantFrom('critical', 'important', 'none'),
  budget: fc.constantFrom('approved', 'planned', 'none'),
  authority: fc.constantFrom('decides', 'influences', 'sent-by-decider', 'none'),
  knowsDecider: fc.boolean(),
  timeframeMonths: fc.constantFrom(0, 3, 12, 36),
  problemFitPercent: fc.constantFrom(0, 50, 90),
  usedBefore: fc.boolean(),
  buyingTeamRoles: fc.subarray(['business', 'it', 'finance'], { minLength: 1 }) as fc.Arbitrary<string[]>,
  criticalDate: fc.constantFrom('said', 'by the end of March'),
});

/** Instants within the last year, half of them on one day. */
const instant = fc
  .oneof(fc.integer({ min: 0, max: 365 * 24 }), fc.integer({ min: 340 * 24, max: 341 * 24 }))
  .map((hours) => new Date(now - hours * 3_600_000).toISOString());
const sometimes = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const counted = fc.record({ count: fc.integer({ min: 1, max: 12 }), at: sometimes(instant) });
type Counted = typeof counted extends fc.Arbitrary<infer T> ? T : never;
const activities = fc.record(
  {
    demo_requested: counted,
    content_downloaded: counted,
    page_visited: counted,
    webinar_attended: counted,
    email_opened: counted,
    unsubscribed: counted,
  },
  { requiredKeys: [] },
);
const outcomes = fc.record({ won: counted, lost: counted, renewed: counted }, { requiredKeys: [] });

const document = fc.record(
  {
    at: instant,
    stage: fc.constantFrom('subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'),
    attributes,
    answers: said,
    answeredAt: sometimes(instant),
    activities,
    outcomes,
  },
  { requiredKeys: ['attributes', 'answers', 'activities'] },
);
type Given = typeof document extends fc.Arbitrary<infer T> ? T : never;

const spelling = fc.record({
  before: fc.constantFrom('', ' ', '\u00a0', '\ufeff\t'),
  after: fc.constantFrom('', ' ', '\n', '\u3000'),
  inCase: fc.constantFrom<((text: string) => string)[]>(
    (text) => text,
    (text) => text.toLowerCase(),
    (text) => text.toUpperCase(),
  ) as fc.Arbitrary<(text: string) => string>,
  form: fc.constantFrom('NFC', 'NFD'),
  asText: fc.boolean(),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

const plain: Spelling = { before: '', after: '', inCase: (text) => text, form: 'NFC', asText: false };

const spell = (value: Value, how: Spelling): Value => {
  const { before, after, inCase, form, asText } = how;
  const inText = (text: string) => `${before}${inCase(text).normalize(form)}${after}`;
  if (Array.isArray(value)) return value.map(inText);
  return typeof value === 'string' || asText ? inText(String(value)) : value;
};

const spellAll = (bag: Bag, how: Spelling): Bag =>
  Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, spell(value, how)]));

/** Returns facts as a document; those that are like the plain value in a bare form are left so at random. */
const asDocument = (given: Given, how: Spelling): FactsDocument => {
  const { answeredAt, activities, outcomes, ...rest } = given;
  const bare = (bag: Readonly<Record<string, Counted>> = {}) =>
    Object.fromEntries(
      Object.entries(bag).map(([name, one]) => [name, one.at === undefined ? one.count : one]),
    );
  return JSON.parse(
    JSON.stringify({
      ...rest,
      attributes: spellAll(given.attributes, how),
      answers: Object.fromEntries(
        Object.entries(spellAll(given.answers, how)).map(([name, value]) => [
          name,
          answeredAt === undefined ? value : { value, at: answeredAt },
        ]),
      ),
      activities: bare(activities),
      outcomes: bare(outcomes),
    }),
  );
};

/** Returns the same facts as events, in the order of their instants. The stage is stated after all else. */
const asEvents = (given: Given, how: Spelling): SignalEvent[] => {
  const whole = given.at ?? new Date(now).toISOString();
  let id = 0;
  const event = (type: SignalEvent['type'], data: Record<string, unknown>, at = whole) =>
    buildSignal({ type, data, at, id: `e-${id++}` });
  const answers = Object.entries(spellAll(given.answers, how)).map(([name, value]) => [name, { value }]);
  const events = [
    ...(Object.keys(given.attributes).length > 0
      ? [event('LeadProfileUpdated', { attributes: spellAll(given.attributes, how) })]
      : []),
    ...(answers.length > 0
      ? [event('LeadAnswersRecorded', { answers: Object.fromEntries(answers) }, given.answeredAt)]
      : []),
    ...Object.entries(given.activities).map(([activity, { count, at }]) =>
      event('LeadActivityRecorded', { activity, count }, at),
    ),
    ...Object.entries(given.outcomes ?? {}).flatMap(([outcome, { count, at }]) =>
      Array.from({ length: count }, () => event('LeadOutcomeRecorded', { outcome }, at)),
    ),
  ];
  const instants = [whole, ...events.map(({ metadata }) => metadata.occurredAt)].map(Date.parse);
  const last = Math.max(...instants);
  const stated =
    given.stage === undefined
      ? // An event that says nothing new brings the lead to the instant of the document.
        [event('LeadActivityRecorded', { activity: 'looked', count: 1 }, new Date(last).toISOString())]
      : [event('LeadStageChanged', { stage: given.stage }, new Date(last + 1).toISOString())];
  return [...events.sort((a, b) => (a.metadata.occurredAt < b.metadata.occurredAt ? -1 : 1)), ...stated];
};

/** Records events one by one, as `score-leads` does, and returns the state of the lead. */
const record = (events: readonly SignalEvent[]): LeadState => {
  let state: (LeadState & LedgerEnd) | undefined;
  for (const event of events) {
    let isRecorded = false;
    // What time alone has changed before an event is a commit of its own.
    while (!isRecorded) {
      const commit = decideAll(model, state, [event], now);
      const stored = parseLead(prepareCommit(commit).items.state);
      if (isClosed(stored)) throw new Error('no event closes the lead');
      state = stored as LeadState & LedgerEnd;
      isRecorded = commit.entries.some((entry) => entry.event.type !== 'LeadClockAdvanced');
    }
  }
  if (state === undefined) throw new Error('there are no events');
  return state;
};

/** Returns the standing in an answer, without what quotes the values as they were spelt. */
const standingOf = (answer: Record<string, unknown>) => {
  const { explanation: _e, withoutPoints: _w, askNext: _a, ...standing } = answer;
  return standing;
};

describe('a score of given facts', () => {
  it('I17: is that of a lead whose events say the same, in whatever spelling', async () => {
    await fc.assert(
      fc.asyncProperty(document, spelling, async (given, how) => {
        const answer = await ask(asDocument(given, how));
        expect(answer.statusCode).toBe(200);
        const found = bodyOf(answer);
        expect(schemas.scoreFacts.safeParse(found).error).toBeUndefined();
        expect(standingOf(found)).toEqual(standingOf(bodyOf(await ask(asDocument(given, plain)))));

        const { facts, stage, score, coverage, dimensions } = record(asEvents(given, how));
        expect(found).toMatchObject({ stage, score, coverage, dimensions });
        // The tier of a lead depends on the one before, within the hysteresis.
        expect(found).toMatchObject(judge(model, facts, 'none', instantOf(facts)).standing);
      }),
      { ...seeded(), numRuns: 150 },
    );
  });

  it('is refused with problems or given, whatever the facts are', async () => {
    const sample = {
      at: '2026-03-01T09:00:00.000Z',
      stage: 'lead',
      attributes: { seniority: 'executive', employees: 50 },
      answers: {
        need: { value: 'critical', text: 'in words', at: '2026-02-01T09:00:00+01:00' },
        budget: 'none',
      },
      activities: { demo_requested: 2, page_visited: { count: 3, at: '2026-02-01T09:00:00Z' } },
      outcomes: { won: 1, lost: { count: 2 } },
    };
    await fc.assert(
      fc.asyncProperty(hostileVersionOf([sample]), async (text) => {
        const answer = await ask(text);
        expect([200, 400, 413]).toContain(answer.statusCode);
        const found = bodyOf(answer);
        if (answer.statusCode === 200) expect(schemas.scoreFacts.safeParse(found).error).toBeUndefined();
        else expect(found.errors.length).toBeGreaterThan(0);
      }),
      seeded(),
    );
  });
});
