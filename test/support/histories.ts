import fc from 'fast-check';
import type { InboundType } from '../../events/index.ts';
import type { SignalEvent } from '../../shared/lead/index.ts';
import { buildEntry, buildSignal } from './events.ts';

export type SentEvent = ReturnType<typeof buildEntry>;

const dayMs = 86_400_000;
const start = Date.parse('2025-03-01T00:00:00.000Z');

/** Instants over 14 months; a quarter of them fall on a few whole days, so that ties occur. */
const instant = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 420 * dayMs }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((day) => day * 80 * dayMs) },
);

const attributes = fc.oneof(
  fc.record({ seniority: fc.constantFrom('executive', 'director', 'manager', 'staff', null) }),
  fc.record({ industry: fc.constantFrom('software', 'finance', 'mining', null) }),
  fc.record({
    employees: fc.oneof(
      fc.integer({ min: 0, max: 10_000 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
  }),
  fc.record({
    emailType: fc.constantFrom('business', 'private'),
    persona: fc.constantFrom('none', 'ops', null),
  }),
);

const activities = [
  'email_opened',
  'email_clicked',
  'page_visited',
  'pricing_page_visited',
  'content_downloaded',
  'webinar_attended',
  'demo_requested',
  'trial_started',
  'unsubscribed',
  'constructor',
];

const answers = fc.oneof(
  fc.record({ budget: fc.constantFrom('approved', 'planned', 'none', null) }),
  fc.record({ authority: fc.constantFrom('decides', 'influences', 'none') }),
  fc.record({ need: fc.constantFrom('critical', 'important', 'none') }),
  fc.record({ timeframeMonths: fc.integer({ min: 0, max: 40 }), knowsDecider: fc.boolean() }),
  fc.record({
    problemFitPercent: fc.integer({ min: 0, max: 100 }),
    culture: fc.constantFrom('innovator', 'laggard'),
  }),
  fc.record({
    authority: fc.constantFrom('decides', 'sent-by-decider', null, 'x'.repeat(70)),
    usedBefore: fc.boolean(),
  }),
  fc.record({ delta: fc.constant('said'), criticalDate: fc.constantFrom('said', null) }),
  fc.record({
    expectedRevenue: fc.nat(100_000),
    buyingTeamRoles: fc.constantFrom(['users'], ['legal', 'it'], []),
  }),
);

/** Answers in a lead's own words, in several scripts, or without words. */
const saying = fc.constantFrom(
  undefined,
  undefined,
  'No.',
  'About 90,000 a year.',
  '毎月二日を手作業で失っています。',
  'نخسر يومين كل شهر في مطابقة القوائم يدويا',
);

const wrapped = ([given, text]: readonly [Record<string, unknown>, string | undefined]) =>
  Object.fromEntries(
    Object.entries(given).map(([id, value]) => [id, { value, ...(text !== undefined && { text }) }]),
  );

/** A few deals, so that several statements are about one. */
const dealId = fc.constantFrom('d-1', 'd-2', '__proto__');

/** Overrides by a person, until some instant within the history or after it. */
const overriding = fc
  .record({
    what: fc.constantFrom(
      { tier: 'excellent' },
      { tier: 'none' },
      { hold: true },
      { tier: 'good', hold: true },
    ),
    hours: fc.integer({ min: 0, max: 440 * 24 }),
    actor: fc.constantFrom('ann', 'bob'),
  })
  .map(({ what, hours, actor }) => ({
    ...what,
    until: new Date(start + hours * 3_600_000 + 1_800_000).toISOString(),
    actor,
    reason: 'met them',
  }));

type Body = { type: SignalEvent['type']; data: Record<string, unknown> };

const body: fc.Arbitrary<Body> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('LeadActivityRecorded' as const),
      data: fc.record({ activity: fc.constantFrom(...activities), count: fc.integer({ min: 1, max: 5 }) }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('LeadActivityRecorded' as const),
      data: fc.record({
        activity: fc.constantFrom('email_opened', 'page_visited', 'demo_requested'),
        total: fc.nat(9),
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('LeadProfileUpdated' as const),
      data: fc.record({ attributes }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('LeadAnswersRecorded' as const),
      data: fc.record({ answers: fc.tuple(answers, saying).map(wrapped) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('LeadStageChanged' as const),
      data: fc.record(
        {
          stage: fc.constantFrom('subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'),
          dealId,
          reason: fc.constantFrom('by phone', 'by mail'),
        },
        { requiredKeys: ['stage'] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('LeadOutcomeRecorded' as const),
      data: fc.record(
        {
          outcome: fc.constantFrom('won', 'lost', 'lost', 'renewed', 'expanded', 'churned'),
          amount: fc.nat(10_000),
          dealId,
        },
        { requiredKeys: ['outcome', 'amount'] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('HandoffAccepted' as const, 'HandoffRejected' as const),
      data: fc.record(
        { handoffId: fc.constantFrom('h-1', 'h-2', '__proto__'), actor: fc.constantFrom('ann', 'bob') },
        { requiredKeys: ['actor'] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('LeadOverridden' as const), data: overriding }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('LeadOverrideLifted' as const),
      data: fc.constant({ actor: 'ann' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('LeadIdentified' as const),
      data: fc.record({
        identifiers: fc.constantFrom([{ type: 'email', key: 'Zm9vYmFyYmF6cXV4cXV1eA' }]),
      }),
    }),
  },
);

const leads = ['l-1', 'l-2', 'constructor'];

/** Signals of one lead, each with its own id. */
export const signals: fc.Arbitrary<SignalEvent[]> = fc
  .array(fc.record({ body, offset: instant }), { maxLength: 24 })
  .map((list) =>
    list.map(({ body, offset }, i) =>
      buildSignal({ ...body, at: new Date(start + offset).toISOString(), id: `e-${i}` }),
    ),
  );

/** Events of a few leads, each with its own id. */
export const history: fc.Arbitrary<SentEvent[]> = fc
  .array(fc.record({ body, leadId: fc.constantFrom(...leads), offset: instant }), {
    minLength: 1,
    maxLength: 24,
  })
  .map((list) =>
    list.map(({ body: { type, data }, leadId, offset }, i) =>
      buildEntry({
        type,
        data: { ...data, leadId },
        at: new Date(start + offset).toISOString(),
        id: `e-${i}`,
      }),
    ),
  );

/** Returns events of one type that occur now and then, each with its own id. */
const nowAndThen = (
  type: InboundType,
  data: fc.Arbitrary<Record<string, unknown>>,
  most: number,
): fc.Arbitrary<SentEvent[]> =>
  fc.oneof(
    fc.constant<SentEvent[]>([]),
    fc
      .array(fc.record({ data, offset: instant }), { minLength: 1, maxLength: most })
      .map((list) =>
        list.map(({ data, offset }, i) =>
          buildEntry({ type, data, at: new Date(start + offset).toISOString(), id: `${type}-${i}` }),
        ),
      ),
  );

const merges = nowAndThen(
  'LeadsMerged',
  fc.shuffledSubarray(leads, { minLength: 2, maxLength: 2 }).map(([leadId, mergedLeadId]) => ({
    leadId,
    mergedLeadId,
  })),
  4,
);

const rescorings = nowAndThen(
  'LeadRescoreRequested',
  fc.record(
    {
      leadId: fc.constantFrom(...leads),
      modelVersion: fc.constant('success-ready@5'),
      actions: fc.constantFrom('all', 'none'),
    },
    { requiredKeys: ['leadId', 'modelVersion'] },
  ),
  2,
);

const erasures = nowAndThen('LeadErasureRequested', fc.record({ leadId: fc.constantFrom(...leads) }), 2);

/** Histories in which some leads are merged or rescored. */
export const mergingHistory: fc.Arbitrary<SentEvent[]> = fc
  .tuple(history, merges, rescorings)
  .map((parts) => parts.flat());

/** Histories in which some leads are merged, rescored or erased. */
export const erasingHistory: fc.Arbitrary<SentEvent[]> = fc
  .tuple(mergingHistory, erasures)
  .map((parts) => parts.flat());

/** Entries that must be rejected, for reasons of every kind. */
export const poison: fc.Arbitrary<string> = fc
  .record({
    broken: fc.constantFrom<string | { type?: string; data?: Record<string, unknown>; metadata?: object }>(
      'not json at all',
      { data: { stage: 'prospect' } },
      { data: { leadId: 'no spaces please', stage: 'lead' } },
      { data: { stage: 'lead', extra: 1 } },
      { metadata: { occurredAt: '2999-01-01T00:00:00.000Z' }, data: { stage: 'lead' } },
      { metadata: { schemaVersion: 2 }, data: { stage: 'lead' } },
      { type: 'LeadStageChange' },
    ),
    salt: fc.nat(),
  })
  .map(({ broken, salt }) => {
    if (typeof broken === 'string') return `${broken} ${salt}`;
    const entry = buildEntry({ type: 'LeadStageChanged', data: broken.data ?? {}, id: `poison-${salt}` });
    return JSON.stringify({
      ...entry,
      ...(broken.type !== undefined && { 'detail-type': broken.type }),
      detail: { ...entry.detail, metadata: { ...entry.detail.metadata, ...broken.metadata } },
    });
  });
