import { describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits, problemDocument } from '../../../events/api/index.ts';
import { answerQueries } from '../../../functions/answer-queries/answer-queries.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { now } from '../../support/events.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument, successReady } from '../../support/models.ts';

const refuse = async () => {
  throw new Error('a score reads and stores nothing');
};

const ask = async (body: unknown, model = compileDocument(smallDocument()), props: RequestProps = {}) => {
  const requests = { readCursorSecret: refuse };
  const deps = {
    client: createClient(refuse),
    leadsTable: 'leads',
    identitiesTable: 'identities',
    requests,
    models: createFixedModels(model),
    now: () => now,
  };
  const answer = await answerQueries(deps)(apiRequest('scoreFacts', { body, ...props }));
  const found = bodyOf(answer);
  const schema = answer.statusCode === 200 ? answers.scoreFacts : problemDocument;
  expect(schema.safeParse(found).error).toBeUndefined();
  return { ...found, code: answer.statusCode };
};

const refused = async (body: unknown) => {
  const { code, type, errors } = await ask(body);
  expect({ code, type }).toEqual({ code: 400, type: 'urn:sluice:problem:invalid-request' });
  return errors.map(
    ({ path, given, allowed }: Record<string, string>) => `${path}: given ${given}; allowed: ${allowed}`,
  );
};

const forms =
  'a string of at most 1000 characters, a finite number, a boolean, a list of at most 50 strings of at most 200 characters, or null';

describe('POST /api/score', () => {
  it('answers with the standing that a lead with these facts would have, and why', async () => {
    const answer = await ask({
      at: '2026-03-10T09:00:00Z',
      attributes: { seniority: 'executive' },
      answers: { need: { value: 'critical', text: 'Half of our invoices are late.' } },
      activities: { page_visited: { count: 3, at: '2026-03-05T09:00:00Z' }, demo_requested: 1 },
    });
    // interest: 50 for the demo and 15 for three visits; fit: 80
    expect(answer).toMatchObject({
      stage: 'mql',
      status: 'active',
      tier: 'good',
      score: 76.25,
      coverage: 1,
      dimensions: { interest: 65, fit: 80 },
      modelVersion: 'small@1',
      action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
      asOf: '2026-03-10T09:00:00.000Z',
      explanation: { counted: [{ criterion: 'executive' }, { criterion: 'demo' }, { criterion: 'visits' }] },
    });
  });

  it('says of each known value that gives nothing why, and what is allowed', async () => {
    const { withoutPoints } = await ask({
      attributes: { senority: 'executive', seniority: 'executve' },
      activities: { visit: 1, page_visited: { count: 1, at: '2026-01-01T00:00:00Z' } },
    });
    expect(withoutPoints).toEqual([
      { bag: 'attributes', name: 'senority', value: 'executive', what: 'name', meant: 'seniority' },
      {
        bag: 'attributes',
        name: 'seniority',
        value: 'executve',
        what: 'value',
        allowed: 'executive',
        meant: 'executive',
      },
      { bag: 'activities', name: 'visit', what: 'name' },
      {
        bag: 'activities',
        name: 'page_visited',
        what: 'old',
        last: '2026-01-01T00:00:00.000Z',
        withinDays: 10,
      },
    ]);
  });

  it('says what disqualifies, and what answer could lift it', async () => {
    const answer = await ask({ answers: { need: 'none' } });
    expect(answer).toMatchObject({
      status: 'disqualified',
      disqualification: { disqualifier: 'no-need', class: 'problem', text: 'has no need' },
      action: { kind: 'nurture', track: 'long-term' },
      askNext: { questions: [] },
    });
  });

  it('proposes the questions that nobody has answered', async () => {
    const { askNext } = await ask({ stage: 'mql' });
    expect(askNext.questions).toMatchObject([{ question: 'need', couldDisqualify: true }]);
  });

  it('says what would change by itself if nothing else happens', async () => {
    const tiers = { excellent: 80, good: 72, risky: 25, hysteresis: 5 };
    const facts = {
      at: '2026-03-10T09:00:00Z',
      activities: { demo_requested: 1, page_visited: 4 },
      attributes: { seniority: 'executive' },
      stage: 'lead',
    };
    const { tier, score, upcoming, upcomingGoesOn } = await ask(
      facts,
      compileDocument({ ...smallDocument(), tiers }),
    );
    expect({ tier, score }).toEqual({ tier: 'good', score: 75 });
    expect(upcoming).toEqual([
      {
        at: '2026-03-20T00:00:00.000Z',
        what: ['tier'],
        stage: 'lead',
        status: 'active',
        tier: 'risky',
        score: 65,
        action: { kind: 'nurture', track: 'nurture' },
      },
    ]);
    expect(upcomingGoesOn).toBe(false);
  });

  it('is as of now unless the facts say when, and of the latest of their instants', async () => {
    expect(await ask({})).toMatchObject({
      asOf: '2026-06-01T00:00:00.000Z',
      stage: 'subscriber',
    });
    expect(await ask({ at: '2026-03-01T10:00+01:00', stage: 'sql' })).toMatchObject({
      asOf: '2026-03-01T09:00:00.000Z',
      stage: 'sql',
    });
    const later = { count: 1, at: '2026-03-02T00:00:00Z' };
    expect(await ask({ at: '2026-03-01T00:00:00Z', activities: { demo_requested: later } })).toMatchObject({
      asOf: '2026-03-02T00:00:00.000Z',
    });
    expect(await ask({ at: '2098-12-31T23:59:59.999Z', stage: 'lead' })).toMatchObject({ code: 200 });
    expect(await ask({ at: '9998-12-31T23:59:59.999Z', stage: 'lead' })).toMatchObject({ code: 200 });
  });

  it('takes outcomes, and derives the stage from them', async () => {
    const answer = await ask({
      outcomes: { won: 1_000, expanded: { count: 2, at: '2026-01-01T00:00:00Z' } },
    });
    expect(answer).toMatchObject({ code: 200, stage: 'customer' });
  });

  it('takes facts as large as a body may be', async () => {
    const names = (prefix: string) => Array.from({ length: 500 }, (_, i) => `${prefix}${i}`);
    const bag = <T>(prefix: string, value: T) =>
      Object.fromEntries(names(prefix).map((name) => [name, value]));
    const body = {
      attributes: bag('attributeThatNobodyReads', ''),
      answers: bag('seniorit', true),
      activities: bag('demo_request', 10_000),
      outcomes: {
        won: 1_000,
        lost: 1_000,
        renewed: 1_000,
        expanded: 1_000,
        churned: 1_000,
        referenced: 1_000,
      },
    };
    expect(JSON.stringify(body).length).toBeLessThan(apiLimits.bodyBytes);
    expect((await ask(body, successReady())).code).toBe(200);
  });

  it('reports everything that is wrong with the facts, each with its path', async () => {
    expect(
      await refused({
        at: 'today',
        stage: 'won',
        attributes: { seniority: { is: 'executive' }, '1st': 1 },
        answers: {
          need: { said: 1 },
          size: { value: 'x'.repeat(1_001) },
          when: { value: 1, at: '2026-01-01' },
        },
        activities: { page_visited: 0, demo_requested: { count: 1.5 }, trial: 'often' },
        outcomes: { one: 1, won: 1_001 },
        more: true,
      }),
    ).toEqual([
      'body.at: given "today"; allowed: an instant in ISO 8601 with its offset from UTC, such as 2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00',
      'body.stage: given "won"; allowed: subscriber, lead, mql, sql, opportunity, customer',
      `body.attributes.seniority: given {"is":"executive"}; allowed: ${forms}`,
      'body.attributes.1st: given the name "1st"; allowed: a name of 1 to 64 characters of A-Z a-z 0-9 _ . : -, beginning with a letter',
      `body.answers.need.value: given nothing; allowed: ${forms}`,
      'body.answers.need.said: given 1; allowed: no such field here',
      'body.answers.size.value: given text of 1001 characters; allowed: at most 1000 characters',
      'body.answers.when.at: given "2026-01-01"; allowed: the time with its offset from UTC, which this one doesn\'t say: 2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00',
      'body.activities.page_visited: given 0; allowed: at least 1',
      'body.activities.demo_requested.count: given 1.5; allowed: a whole number',
      'body.activities.trial: given "often"; allowed: a whole number of 1 to 10000, or an object with it as count',
      'body.outcomes.won: given 1001; allowed: at most 1000',
      'body.outcomes.one: given 1; allowed: no such field here',
      'body.more: given true; allowed: no such field here',
    ]);
  });

  it('refuses facts of an instant that no event may have', async () => {
    expect(await refused({ at: '1999-12-31T23:59:59Z' })).toEqual([
      'body.at: given "1999-12-31T23:59:59Z"; allowed: not before 2000-01-01T00:00:00.000Z',
    ]);
    expect(await refused({ at: '9999-01-01T00:00:00Z' })).toEqual([
      'body.at: given "9999-01-01T00:00:00Z"; allowed: an instant before the year 9999',
    ]);
  });

  it.each<[string, string, string]>([
    ['a list', '[]', 'body: given []; allowed: an object'],
    ['no JSON', '{', 'body: given "{"; allowed: JSON'],
    ['nothing', '', 'body: given ""; allowed: JSON'],
    [
      'a number beyond a double',
      '{"answers":{"a":1e999}}',
      'body.answers.a: given a number beyond the range of a double; allowed: a number between -1.797e308 and 1.797e308',
    ],
    [
      'a name that no object can hold',
      '{"attributes":{"__proto__":1}}',
      'body.attributes.__proto__: given the name "__proto__"; allowed: any other name',
    ],
    ['another model', '{"model":"bant"}', 'body.model: given "bant"; allowed: no such field here'],
  ])('refuses %s', async (_, body, problem) => {
    expect(await refused(body)).toEqual([problem]);
  });

  it('refuses a person without a role', async () => {
    expect((await ask({}, undefined, { role: 'nobody' })).code).toBe(403);
    expect((await ask({}, undefined, { role: 'viewer' })).code).toBe(200);
  });
});
