import { describe, expect, it } from 'vitest';
import { limits, parseInbound, showProblem } from '../../../events/index.ts';

const now = Date.parse('2026-03-01T09:00:00.000Z');
const types =
  'LeadStageChanged, LeadProfileUpdated, LeadActivityRecorded, LeadAnswersRecorded, LeadOutcomeRecorded, ' +
  'LeadsMerged, LeadErasureRequested, LeadRescoreRequested, LeadIdentified, HandoffAccepted, HandoffRejected, ' +
  'LeadOverridden, LeadOverrideLifted';

/** Returns an event that is valid except for the values of the test. */
const entry = (type: string, data: object, metadata: object = {}) => ({
  source: 'marketing.web',
  'detail-type': type,
  time: '2026-03-01T09:00:00Z',
  detail: {
    metadata: { eventId: 'e-1', occurredAt: '2026-03-01T09:00:00.000Z', schemaVersion: 1, ...metadata },
    data: { leadId: 'l-1', ...data },
  },
});
const activity = (data: object, metadata: object = {}) =>
  entry('LeadActivityRecorded', { activity: 'page_visited', ...data }, metadata);
const profile = (attributes: unknown) => entry('LeadProfileUpdated', { attributes });
const answers = (given: unknown) => entry('LeadAnswersRecorded', { answers: given });

/** Parses JSON as it comes from a queue. It can express more than a literal in a test can. */
const fromJson = (json: string): unknown => JSON.parse(json);

const verdict = (given: unknown): string => {
  const parsed = parseInbound(given, now);
  return parsed.ok
    ? 'accepted'
    : `${parsed.rejection.code} | ${parsed.rejection.problems.map(showProblem).join(' || ')}`;
};

const list = (length: number, item: unknown) => Array.from({ length }, () => item);
const megabyte = 'x'.repeat(1_048_576);
const sixty = 'x'.repeat(60);
const anyFact =
  'a string of at most 1000 characters, a finite number, a boolean, a list of at most 50 strings of at most ' +
  '200 characters, or null';
const examples = '2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00';
const anyInstant = `an instant in ISO 8601 with its offset from UTC, such as ${examples}`;
const anyDeal = '1 to 128 characters in one line, without blanks at the beginning or the end';
const anyName = 'a name of 1 to 64 characters of A-Z a-z 0-9 _ . : -, beginning with a letter';
const anyLeadId = '1 to 128 characters of A-Z a-z 0-9 _ . : @ + -';
const anyEventId = '1 to 128 printable ASCII characters without spaces';
const wellFormed = 'well-formed Unicode (it holds half of a surrogate pair)';

/** A case: its name, the value given, and the whole reason with field, value and what is allowed. */
type Case = readonly [what: string, given: unknown, reason: string];

describe('an entry that is no event', () => {
  it.each<Case>([
    ['nothing', undefined, 'malformed | (the whole): given nothing; allowed: an EventBridge entry'],
    ['null', null, 'malformed | (the whole): given null; allowed: an EventBridge entry'],
    ['text', 'hello', 'malformed | (the whole): given "hello"; allowed: an EventBridge entry'],
    [
      'a list of entries',
      [activity({})],
      `malformed | (the whole): given ${JSON.stringify([activity({})]).slice(0, 60)}…; allowed: an EventBridge entry`,
    ],
    ['an empty object', {}, `unknown-type | detail-type: given nothing; allowed: ${types}`],
    [
      'a typing error in its type',
      entry('LeadActivityRecord', {}),
      `unknown-type | detail-type: given "LeadActivityRecord"; allowed: ${types}`,
    ],
    [
      'one of our own announcements',
      entry('LeadTierChanged', {}),
      `unknown-type | detail-type: given "LeadTierChanged"; allowed: ${types}`,
    ],
    [
      'a type that every object has',
      entry('constructor', {}),
      `unknown-type | detail-type: given "constructor"; allowed: ${types}`,
    ],
    [
      'no source',
      { ...activity({}), source: '' },
      'malformed | source: given ""; allowed: a string of 1 to 256 characters, well-formed Unicode',
    ],
    [
      'a source that is no Unicode',
      { ...activity({}), source: 'crm\ud800' },
      'malformed | source: given "crm\\ud800"; allowed: a string of 1 to 256 characters, well-formed Unicode',
    ],
    [
      'null for a detail',
      { ...activity({}), detail: null },
      'malformed | detail: given null; allowed: an object',
    ],
    [
      'a list for a detail',
      { ...activity({}), detail: [] },
      'malformed | detail: given []; allowed: an object',
    ],
    [
      'a detail that is JSON in a string',
      { ...activity({}), detail: '{}' },
      'malformed | detail: given "{}"; allowed: an object',
    ],
    [
      'a list for data',
      { ...activity({}), detail: { ...activity({}).detail, data: ['l-1'] } },
      'malformed | detail.data: given ["l-1"]; allowed: an object',
    ],
    [
      'a field beside metadata and data',
      { ...activity({}), detail: { ...activity({}).detail, leadId: 'l-1' } },
      'malformed | detail.leadId: given "l-1"; allowed: no such field here',
    ],
  ])('%s is rejected with its reason', (_what, given, reason) => expect(verdict(given)).toBe(reason));

  it('ignores the fields that EventBridge adds', () => {
    expect(verdict({ ...activity({}), id: 'x', account: '1', region: 'eu-central-1', resources: [] })).toBe(
      'accepted',
    );
  });
});

describe('metadata', () => {
  it.each<Case>([
    [
      'an empty event id',
      activity({}, { eventId: '' }),
      `malformed | detail.metadata.eventId: given ""; allowed: ${anyEventId}`,
    ],
    [
      'an event id with a space',
      activity({}, { eventId: 'e 1' }),
      `malformed | detail.metadata.eventId: given "e 1"; allowed: ${anyEventId}`,
    ],
    [
      'a number for an event id',
      activity({}, { eventId: 7 }),
      'malformed | detail.metadata.eventId: given 7; allowed: a string',
    ],
    [
      'another schema version',
      activity({}, { schemaVersion: 2 }),
      'malformed | detail.metadata.schemaVersion: given 2; allowed: 1',
    ],
    [
      'a field that metadata does not have',
      activity({}, { traceId: 't' }),
      'malformed | detail.metadata.traceId: given "t"; allowed: no such field here',
    ],
    [
      'a day for an instant',
      activity({}, { occurredAt: '2026-03-01' }),
      `malformed | detail.metadata.occurredAt: given "2026-03-01"; allowed: the time with its offset from UTC, which this one doesn't say: ${examples}`,
    ],
    [
      'a time without its offset',
      activity({}, { occurredAt: '2026-03-01T10:00:00' }),
      `malformed | detail.metadata.occurredAt: given "2026-03-01T10:00:00"; allowed: the time with its offset from UTC, which this one doesn't say: ${examples}`,
    ],
    [
      'a day that the month does not have',
      activity({}, { occurredAt: '2026-02-30T09:00:00Z' }),
      `malformed | detail.metadata.occurredAt: given "2026-02-30T09:00:00Z"; allowed: ${anyInstant}`,
    ],
    [
      'a second that the clock does not have',
      activity({}, { occurredAt: '2026-03-01T08:59:60Z' }),
      `malformed | detail.metadata.occurredAt: given "2026-03-01T08:59:60Z"; allowed: ${anyInstant}`,
    ],
    [
      'milliseconds since 1970',
      activity({}, { occurredAt: now }),
      `malformed | detail.metadata.occurredAt: given ${now}; allowed: ${anyInstant}`,
    ],
    [
      'the year 1',
      activity({}, { occurredAt: '0001-01-01T00:00:00Z' }),
      'malformed | detail.metadata.occurredAt: given "0001-01-01T00:00:00Z"; allowed: not before 2000-01-01T00:00:00.000Z',
    ],
    [
      'the year 9999',
      activity({}, { occurredAt: '9999-12-31T23:59:59Z' }),
      'ahead-of-time | detail.metadata.occurredAt: given "9999-12-31T23:59:59Z"; allowed: at most 5 minutes ahead of now, 2026-03-01T09:00:00.000Z',
    ],
  ])('%s is rejected with its reason', (_what, given, reason) => expect(verdict(given)).toBe(reason));

  it('may be 5 minutes ahead of the clock, and not a millisecond more', () => {
    expect(verdict(activity({}, { occurredAt: '2026-03-01T09:05:00.000Z' }))).toBe('accepted');
    expect(verdict(activity({}, { occurredAt: '2026-03-01T09:05:00.001Z' }))).toMatch(/^ahead-of-time/);
  });

  it('may have the earliest instant, and not a millisecond less', () => {
    expect(verdict(activity({}, { occurredAt: limits.earliest }))).toBe('accepted');
    expect(verdict(activity({}, { occurredAt: '1999-12-31T23:59:59.999Z' }))).toMatch(/^malformed/);
  });

  it.each([
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.1Z', '2026-03-01T08:00:00.100Z'],
    ['2026-03-01T08:00:00.123Z', '2026-03-01T08:00:00.123Z'],
    ['2026-03-01T08:00:00.123999999Z', '2026-03-01T08:00:00.123Z'],
    ['2024-02-29T08:00:00Z', '2024-02-29T08:00:00.000Z'],
    ['2026-03-01T09:00:00+01:00', '2026-03-01T08:00:00.000Z'],
  ])('normalises %s to milliseconds', (given, normalised) => {
    const parsed = parseInbound(activity({}, { occurredAt: given }), now);
    expect(parsed).toMatchObject({ ok: true, event: { metadata: { occurredAt: normalised } } });
  });
});

describe('data', () => {
  it.each<Case>([
    [
      'no lead id',
      activity({ leadId: undefined }),
      'malformed | detail.data.leadId: given nothing; allowed: a string',
    ],
    [
      'an empty lead id',
      activity({ leadId: '' }),
      `malformed | detail.data.leadId: given ""; allowed: ${anyLeadId}`,
    ],
    [
      'a lead id with a space',
      activity({ leadId: 'l 1' }),
      `malformed | detail.data.leadId: given "l 1"; allowed: ${anyLeadId}`,
    ],
    [
      'a lead id that ends in a line break',
      activity({ leadId: 'l-1\n' }),
      `malformed | detail.data.leadId: given "l-1\\n"; allowed: ${anyLeadId}`,
    ],
    [
      'a lead id with a letter that ASCII lacks',
      activity({ leadId: 'zoë' }),
      `malformed | detail.data.leadId: given "zoë"; allowed: ${anyLeadId}`,
    ],
    [
      'a lead id of 129 characters',
      activity({ leadId: 'x'.repeat(129) }),
      `malformed | detail.data.leadId: given "${sixty}"… (129 characters); allowed: ${anyLeadId}`,
    ],
    [
      'an unknown stage',
      entry('LeadStageChanged', { stage: 'prospect' }),
      'malformed | detail.data.stage: given "prospect"; allowed: subscriber, lead, mql, sql, opportunity, customer',
    ],
    [
      'no stage',
      entry('LeadStageChanged', {}),
      'malformed | detail.data.stage: given nothing; allowed: subscriber, lead, mql, sql, opportunity, customer',
    ],
    [
      'null for what is optional',
      entry('LeadStageChanged', { stage: 'lead', actor: null }),
      'malformed | detail.data.actor: given null; allowed: a string',
    ],
    [
      'an unknown outcome',
      entry('LeadOutcomeRecorded', { outcome: 'closed' }),
      'malformed | detail.data.outcome: given "closed"; allowed: won, lost, renewed, expanded, churned, referenced',
    ],
    [
      'a negative amount',
      entry('LeadOutcomeRecorded', { outcome: 'won', amount: -1 }),
      'malformed | detail.data.amount: given -1; allowed: at least 0',
    ],
    [
      'an amount that JSON can express and a number cannot hold',
      fromJson(
        JSON.stringify(entry('LeadOutcomeRecorded', { outcome: 'won', amount: 0 })).replace(
          '"amount":0',
          '"amount":1e999',
        ),
      ),
      'malformed | detail.data.amount: given Infinity; allowed: a number',
    ],
    [
      'a field that the type does not have',
      entry('LeadOutcomeRecorded', { outcome: 'won', currency: 'EUR' }),
      'malformed | detail.data.currency: given "EUR"; allowed: no such field here',
    ],
    ['a count of 0', activity({ count: 0 }), 'malformed | detail.data.count: given 0; allowed: at least 1'],
    [
      'a negative count',
      activity({ count: -1 }),
      'malformed | detail.data.count: given -1; allowed: at least 1',
    ],
    [
      'a huge count',
      activity({ count: 10_001 }),
      'malformed | detail.data.count: given 10001; allowed: at most 10000',
    ],
    [
      'a fraction for a count',
      activity({ count: 1.5 }),
      'malformed | detail.data.count: given 1.5; allowed: a whole number',
    ],
    [
      'text for a count',
      activity({ count: '1' }),
      'malformed | detail.data.count: given "1"; allowed: a number',
    ],
    [
      'a list as a property',
      activity({ properties: { pages: ['/'] } }),
      'malformed | detail.data.properties.pages: given ["/"]; allowed: a string of at most 1000 characters, a finite number or a boolean',
    ],
    [
      'an answer without its value',
      answers({ budget: { text: 'Signed off.' } }),
      `malformed | detail.data.answers.budget.value: given nothing; allowed: ${anyFact}`,
    ],
    [
      'an answer that is only its value',
      answers({ budget: 'approved' }),
      'malformed | detail.data.answers.budget: given "approved"; allowed: an object with the value, such as {"value":"approved"}',
    ],
    [
      'a list of answers',
      answers([{ value: 1 }]),
      'malformed | detail.data.answers: given [{"value":1}]; allowed: an object',
    ],
    [
      'a lead merged into itself',
      entry('LeadsMerged', { mergedLeadId: 'l-1' }),
      'malformed | detail.data.mergedLeadId: given "l-1"; allowed: another id than leadId: a lead is not merged into itself',
    ],
    [
      'a rescoring without the model that asks for it',
      entry('LeadRescoreRequested', {}),
      'malformed | detail.data.modelVersion: given nothing; allowed: a string',
    ],
    [
      'a rescoring with data of the lead',
      entry('LeadRescoreRequested', { modelVersion: 'm@2', tier: 'good' }),
      'malformed | detail.data.tier: given "good"; allowed: no such field here',
    ],
    [
      'an erasure with more than the lead',
      entry('LeadErasureRequested', { reason: 'Jane asked for it' }),
      'malformed | detail.data.reason: given "Jane asked for it"; allowed: no such field here',
    ],
    [
      'a verdict without its actor',
      entry('HandoffAccepted', { handoffId: 'h-1' }),
      'malformed | detail.data.actor: given nothing; allowed: a string',
    ],
  ])('with %s is rejected with its reason', (_what, given, reason) => expect(verdict(given)).toBe(reason));

  it('names every problem at once', () => {
    expect(verdict(activity({ leadId: 'l 1', count: 0, extra: true }))).toBe(
      `malformed | detail.data.leadId: given "l 1"; allowed: ${anyLeadId} || ` +
        'detail.data.count: given 0; allowed: at least 1 || ' +
        'detail.data.extra: given true; allowed: no such field here',
    );
  });

  it('counts an activity once if no count is given', () => {
    expect(parseInbound(activity({}), now)).toMatchObject({ ok: true, event: { data: { count: 1 } } });
  });

  it('adds no count to a total', () => {
    const parsed = parseInbound(activity({ total: 7 }), now);
    expect(parsed).toMatchObject({ ok: true, event: { data: { total: 7 } } });
    if (parsed.ok) expect(parsed.event.data).not.toHaveProperty('count');
  });

  it.each<Case>([
    [
      'a count and a total',
      activity({ count: 1, total: 7 }),
      'malformed | detail.data.total: given 7; allowed: either a count or a total, not both',
    ],
    [
      'a negative total',
      activity({ total: -1 }),
      'malformed | detail.data.total: given -1; allowed: at least 0',
    ],
    [
      'a huge total',
      activity({ total: 1_000_000_001 }),
      'malformed | detail.data.total: given 1000000001; allowed: at most 1000000000',
    ],
    [
      'a fraction for a total',
      activity({ total: 1.5 }),
      'malformed | detail.data.total: given 1.5; allowed: a whole number',
    ],
    [
      'text for a total',
      activity({ total: '7' }),
      'malformed | detail.data.total: given "7"; allowed: a number',
    ],
    ...['', ' d-1', 'd-1 ', 'd\n1'].map(
      (dealId): Case => [
        `the deal ${JSON.stringify(dealId)}`,
        entry('LeadOutcomeRecorded', { outcome: 'won', dealId }),
        `malformed | detail.data.dealId: given ${JSON.stringify(dealId)}; allowed: ${anyDeal}`,
      ],
    ),
    [
      'a deal that is too long',
      entry('LeadOutcomeRecorded', { outcome: 'won', dealId: 'd'.repeat(129) }),
      `malformed | detail.data.dealId: given "${'d'.repeat(60)}"… (129 characters); allowed: ${anyDeal}`,
    ],
    [
      'a number for a deal',
      entry('LeadStageChanged', { stage: 'opportunity', dealId: 17 }),
      'malformed | detail.data.dealId: given 17; allowed: a string',
    ],
  ])('with %s is rejected with its reason', (_what, given, reason) => expect(verdict(given)).toBe(reason));

  it.each([
    ['a total of nothing', activity({ total: 0 })],
    ['the highest total', activity({ total: 1_000_000_000 })],
    [
      'the deal of a CRM',
      entry('LeadOutcomeRecorded', { outcome: 'lost', dealId: 'Größe & Söhne, 2. Stück' }),
    ],
    ['a long deal', entry('LeadStageChanged', { stage: 'sql', dealId: '字'.repeat(128) })],
    ['an acceptance of the open hand-off', entry('HandoffAccepted', { actor: 'ann' })],
    ['a rejection of the open hand-off', entry('HandoffRejected', { actor: 'ann', reason: 'No project' })],
  ])('with %s is accepted', (_what, given) => expect(verdict(given)).toBe('accepted'));
});

describe('a bag of values', () => {
  it.each<Case>([
    ['no name', profile({}), 'malformed | detail.data.attributes: given {}; allowed: at least one name'],
    [
      'more names than one event may bring',
      profile(Object.fromEntries(list(101, 0).map((_, i) => [`a${i}`, 1]))),
      'malformed | detail.data.attributes: given {"a0":1,"a1":1,"a2":1,"a3":1,"a4":1,"a5":1,"a6":1,"a7":1,"a8…; allowed: at most 100 names',
    ],
    ['null', profile(null), 'malformed | detail.data.attributes: given null; allowed: an object'],
    [
      'an object as a value',
      profile({ company: { size: 10 } }),
      `malformed | detail.data.attributes.company: given {"size":10}; allowed: ${anyFact}`,
    ],
    [
      'a list of numbers',
      profile({ sizes: [10] }),
      `malformed | detail.data.attributes.sizes: given [10]; allowed: ${anyFact}`,
    ],
    [
      '1e999',
      fromJson(JSON.stringify(profile({ employees: 0 })).replace('"employees":0', '"employees":1e999')),
      `malformed | detail.data.attributes.employees: given Infinity; allowed: ${anyFact}`,
    ],
    [
      'a string of a megabyte',
      profile({ notes: megabyte }),
      `malformed | detail.data.attributes.notes: given "${sixty}"… (1048576 characters); allowed: at most 1000 characters`,
    ],
    [
      'a name of a megabyte',
      profile({ [megabyte]: 1 }),
      `malformed | detail.data.attributes.${sixty}…: given the name "${sixty}"… (1048576 characters); allowed: ${anyName}`,
    ],
    [
      'an answer text of a megabyte',
      answers({ need: { value: 'critical', text: megabyte } }),
      'malformed | detail.data.answers.need.text: given text of 1048576 characters; allowed: at most 10000 characters',
    ],
    [
      'half of a surrogate pair',
      profile({ city: 'K\ud83dln' }),
      `malformed | detail.data.attributes.city: given "K\\ud83dln"; allowed: ${wellFormed}`,
    ],
    [
      'half of a surrogate pair in a list',
      profile({ tools: ['a', '\udc00'] }),
      `malformed | detail.data.attributes.tools[1]: given "\\udc00"; allowed: ${wellFormed}`,
    ],
    [
      'half of a surrogate pair in an answer text',
      answers({ need: { value: 'critical', text: '\udc00' } }),
      `malformed | detail.data.answers.need.text: given text of 1 characters; allowed: ${wellFormed}`,
    ],
    [
      'somebody’s own words in a field that there is not',
      answers({ need: { value: 'critical', txt: 'Jane Doe is ill' } }),
      'malformed | detail.data.answers.need.txt: given text of 15 characters; allowed: no such field here',
    ],
    [
      'somebody’s own words as a value',
      answers({ need: { value: `Jane ${megabyte}` } }),
      `malformed | detail.data.answers.need.value: given text of 1048581 characters; allowed: at most 1000 characters`,
    ],
    [
      'a name that is no Unicode',
      profile({ '\ud800': 1 }),
      `malformed | detail.data.attributes.\ufffd: given the name "\\ud800"; allowed: ${anyName}`,
    ],
    [
      'a name that begins with an underscore',
      profile({ _id: 1 }),
      `malformed | detail.data.attributes._id: given the name "_id"; allowed: ${anyName}`,
    ],
    [
      '__proto__ as a name',
      profile(fromJson('{"city":"Ulm","__proto__":{"admin":true}}')),
      'malformed | detail.data.attributes.__proto__: given the name "__proto__"; allowed: a name that begins with a letter',
    ],
    [
      '__proto__ within an answer',
      answers(fromJson('{"need":{"value":"critical","__proto__":{"text":"x"}}}')),
      'malformed | detail.data.answers.need.__proto__: given the name "__proto__"; allowed: a name that begins with a letter',
    ],
  ])('with %s is rejected with its reason', (_what, given, reason) => expect(verdict(given)).toBe(reason));

  it('accepts names that every object has', () => {
    const given = { constructor: 'a', toString: 'b', hasOwnProperty: true };
    const parsed = parseInbound(profile(given), now);
    expect(parsed).toMatchObject({ ok: true });
    if (parsed.ok && parsed.event.type === 'LeadProfileUpdated')
      expect(Object.entries(parsed.event.data.attributes)).toEqual(Object.entries(given));
  });

  it('accepts values at each limit', () => {
    expect(verdict(profile({ notes: 'x'.repeat(1_000), tools: list(50, 'x'.repeat(200)), gone: null }))).toBe(
      'accepted',
    );
    expect(verdict(profile({ emoji: '🙂', empty: '', none: [] }))).toBe('accepted');
    expect(verdict(activity({ count: 10_000 }))).toBe('accepted');
    expect(verdict(activity({ leadId: 'A-z0_9.:@+'.padEnd(128, 'x') }))).toBe('accepted');
  });
});

describe('100,000 levels of nesting', () => {
  const nested = (open: string, close: string): unknown =>
    fromJson(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
  const lists = nested('[', ']');
  const objects = nested('{"a":', '}');
  const given = 'given (nested too deeply to show)';

  it.each<Case>([
    ['the entry', lists, `malformed | (the whole): ${given}; allowed: an EventBridge entry`],
    [
      'the type',
      { ...activity({}), 'detail-type': lists },
      `unknown-type | detail-type: ${given}; allowed: ${types}`,
    ],
    ['the detail', { ...activity({}), detail: lists }, `malformed | detail: ${given}; allowed: an object`],
    [
      'an event id',
      activity({}, { eventId: objects }),
      `malformed | detail.metadata.eventId: ${given}; allowed: a string`,
    ],
    [
      'an attribute',
      profile({ a: objects }),
      `malformed | detail.data.attributes.a: ${given}; allowed: ${anyFact}`,
    ],
    [
      'a surplus field',
      activity({ x: objects }),
      `malformed | detail.data.x: ${given}; allowed: no such field here`,
    ],
  ])('as %s are rejected without overflowing the stack', (_what, entryGiven, reason) =>
    expect(verdict(entryGiven)).toBe(reason),
  );
});
