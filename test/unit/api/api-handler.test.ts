import { describe, expect, it } from 'vitest';
import {
  apiLimits,
  apiServices,
  type Operation,
  operations,
  problemDocument,
  problemTypes,
  routeKeyOf,
  routeOf,
} from '../../../events/api/index.ts';
import { ApiProblem, type GatewayAnswer } from '../../../shared/api/index.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { handlerOf, samples, send } from './samples.ts';

const problemOf = (answer: GatewayAnswer) => {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = problemDocument.parse(bodyOf(answer));
  expect(problem.status).toBe(answer.statusCode);
  expect(problem.requestId).toBe('request-1');
  return problem;
};

const linesOf = ({ errors }: ReturnType<typeof problemOf>) =>
  errors.map(({ path, given, allowed }) => `${path}: given ${given}; allowed: ${allowed}`);

const every = operations.map((operation) => ({ operation, key: routeKeyOf(routeOf(operation)) }));

describe('an answer', () => {
  it.each(every)('of $key is JSON that nobody on the way may store', async ({ operation }) => {
    const { answer } = await send(operation);
    expect(answer).toEqual({
      statusCode: routeOf(operation).success,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
      body: '{"done":true}',
    });
  });

  it('has the version as its ETag, and the status and headers of the handler', async () => {
    const { answer } = await send('getLead', {}, async () => ({
      body: undefined,
      status: 304,
      version: 7,
      headers: { 'x-a': 'b' },
    }));
    expect(answer).toMatchObject({ statusCode: 304, headers: { etag: '"7"', 'x-a': 'b' }, body: '' });
  });
});

describe('an answer that Lambda would not pass on', () => {
  const answerWith = async (text: string) =>
    (await send('getLead', {}, async () => ({ body: { text } }))).answer;

  it.each([
    ['letters', 'x', 1],
    ['quotes, which are escaped twice', '"', 4],
    ['letters of three bytes', '€', 3],
  ])('is a problem document, and one that is a little shorter is sent: %s', async (_what, letter, bytes) => {
    const most = Math.floor(apiLimits.answerBytes / bytes);
    expect(problemOf(await answerWith(letter.repeat(most)))).toMatchObject({ status: 422, errors: [] });
    const sent = await answerWith(letter.repeat(most - 20));
    expect(sent.statusCode).toBe(200);
    expect(Buffer.byteLength(JSON.stringify(sent.body))).toBeLessThanOrEqual(apiLimits.answerBytes);
  });
});

describe('a refusal of a handler', () => {
  it.each(Object.entries(problemTypes))(
    'of the type %s is a problem document',
    async (type, { status, title }) => {
      const errors = [{ path: 'a', given: 'b', allowed: 'c' }];
      const { answer } = await send('getLead', {}, async () => {
        throw new ApiProblem(type as keyof typeof problemTypes, 'why', errors, { 'retry-after': '1' });
      });
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
      expect(problemOf(answer)).toEqual({
        type: `urn:sluice:problem:${type}`,
        title,
        status,
        detail: 'why',
        requestId: 'request-1',
        errors,
      });
    },
  );

  it.each<[string, unknown]>([
    ['an error', new Error('secret of jane@example.com')],
    ['a text', 'secret of jane@example.com'],
    ['nothing', undefined],
    ['an answer that is no JSON', 1n],
  ])('that is %s says nothing of its cause', async (_, thrown) => {
    const { answer } = await send('getLead', {}, async () => {
      if (typeof thrown === 'bigint') return { body: thrown };
      throw thrown;
    });
    expect(answer.statusCode).toBe(500);
    expect(problemOf(answer)).toMatchObject({
      detail: 'the request failed; it may be sent again',
      errors: [],
    });
    expect(answer.body).not.toContain('jane');
  });
});

describe('a problem document', () => {
  it('lists so many problems at most, and says how many more there are', async () => {
    const names = Array.from({ length: 50_000 }, (_, i) => [`a${i}`, 1]);
    const { answer } = await send('replayQuarantined', { body: Object.fromEntries(names) });
    const { detail, errors } = problemOf(answer);
    expect(errors).toHaveLength(apiLimits.problems);
    expect(detail).toBe('the request has values that are not allowed; 49900 more than those listed');
  });

  it('cuts the names that the caller gave', async () => {
    const { answer } = await send('replayQuarantined', { body: { ['\u0001'.repeat(400_000)]: 1 } });
    expect(problemOf(answer).errors).toMatchObject([{ given: '1', allowed: 'no such field here' }]);
    expect(answer.body.length).toBeLessThan(3_000);
  });
});

describe('a request that no route takes', () => {
  const ask = (method: string, rawPath: string) =>
    handlerOf('answer-queries', async () => ({ body: 'reached' }))({
      ...apiRequest('getLead'),
      routeKey: '$default',
      rawPath,
      requestContext: { ...apiRequest('getLead').requestContext, http: { method } },
    });

  it.each([
    '/',
    '',
    '/api',
    '/api/',
    '/api/leads/',
    '/api/leads/a/b',
    '/api/leads/a/b/timeline',
    '/api/leads//timeline',
    '/API/leads',
    '/api/leads/../events',
    '/api/lead',
    '/admin',
    '/api/\u0000',
  ])('by its path %j has a 404', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'OPTIONS']) {
      const answer = await ask(method, path);
      expect(answer.statusCode).toBe(404);
      expect(problemOf(answer)).toMatchObject({
        type: 'urn:sluice:problem:unknown-route',
        errors: [{ path: 'path', allowed: 'a path of the OpenAPI document' }],
      });
    }
  });

  it.each([
    ['PUT', '/api/leads/l-1', 'GET, DELETE'],
    ['POST', '/api/leads', 'GET'],
    ['HEAD', '/api/leads', 'GET'],
    ['GET', '/api/handoffs/l-1~h-1/accept', 'POST'],
    ['OPTIONS', '/api/score', 'POST'],
    ['PATCH', '/api/leads/l-1/stage', 'POST'],
  ])('by its method, %s %s, has a 405 that names the others: %s', async (method, path, allow) => {
    const answer = await ask(method, path);
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(linesOf(problemOf(answer))).toEqual([`method: given ${method}; allowed: ${allow}`]);
  });

  it('never reaches a handler, nor does a route of another function', async () => {
    for (const service of apiServices) {
      const handler = handlerOf(service, async () => ({ body: 'reached' }));
      for (const operation of operations) {
        if (routeOf(operation).service === service) continue;
        expect((await handler(apiRequest(operation, samples[operation]))).statusCode).toBe(404);
      }
      for (const routeKey of ['__proto__', 'constructor', 'getLead', 'GET /api/leads/{ID}', '']) {
        const answer = await handler({ ...apiRequest('getLead', samples.getLead), routeKey });
        expect(answer.statusCode).toBe(404);
      }
    }
  });
});

const refusedLines = async (operation: Operation, props: Parameters<typeof send>[1]) => {
  const { answer, reached } = await send(operation, props);
  expect({ status: answer.statusCode, reached }).toEqual({ status: 400, reached: [] });
  return linesOf(problemOf(answer));
};

describe('the parameters of a request', () => {
  it('are handed on as they were parsed', async () => {
    const { reached } = await send('listHandoffs', {
      query: { limit: '007', due: '2026-03-01T10:00+01:00' },
    });
    expect(reached[0]?.query).toEqual({ state: 'open', limit: 7, due: '2026-03-01T09:00:00.000Z' });
    const accepted = await send('acceptHandoff', { path: { id: 'a.b:c@d+e-f~h~1' } });
    expect(accepted.reached[0]?.path).toEqual({ id: { leadId: 'a.b:c@d+e-f', handoffId: 'h~1' } });
  });

  it('may be null, as some gateways write it if there are none', async () => {
    const request = { ...apiRequest('listLeads'), pathParameters: null, queryStringParameters: null };
    const { statusCode } = await handlerOf('answer-queries', async () => ({ body: {} }))(request);
    expect(statusCode).toBe(200);
  });

  it.each<[string, Operation, Parameters<typeof send>[1], string[]]>([
    [
      'another name',
      'listLeads',
      { query: { teir: 'good' } },
      ['query.teir: given "good"; allowed: no such field here'],
    ],
    [
      'a value twice, which the gateway joins',
      'listLeads',
      { query: { tier: 'good,none' } },
      ['query.tier: given "good,none"; allowed: none, risky, good, excellent'],
    ],
    [
      'several at once',
      'listLeads',
      { query: { limit: '201', cursor: 'a b' } },
      [
        'query.limit: given "201"; allowed: a whole number of 1 to 200',
        'query.cursor: given "a b"; allowed: the cursor of an answer, as it was given',
      ],
    ],
    [
      'an id with a slash, which arrives decoded',
      'getLead',
      { path: { id: 'a/b' } },
      ['path.id: given "a/b"; allowed: 1 to 128 characters of A-Z a-z 0-9 _ . : @ + -'],
    ],
    [
      'an id with a percent sign',
      'getLead',
      { path: { id: '50%' } },
      ['path.id: given "50%"; allowed: 1 to 128 characters of A-Z a-z 0-9 _ . : @ + -'],
    ],
    ['no id', 'getLead', { path: {} }, ['path.id: given nothing; allowed: a string']],
    [
      'an id of a hand-off alone',
      'acceptHandoff',
      { path: { id: 'h-1' } },
      [
        'path.id: given "h-1"; allowed: the id of a hand-off as `GET /api/handoffs` returns it: leadId~handoffId',
      ],
    ],
    [
      'a day that there is not',
      'getFunnel',
      { query: { from: '2026-02-30' } },
      ['query.from: given "2026-02-30"; allowed: a day in UTC, such as 2026-03-01'],
    ],
  ])('are refused with %s', async (_, operation, props, lines) => {
    expect(await refusedLines(operation, props)).toEqual(lines);
  });
});

describe('the header Idempotency-Key', () => {
  const keyOf = async (key: string) =>
    (await send('stateStage', { headers: { 'idempotency-key': key } })).reached[0]?.idempotencyKey;

  it('is handed on', async () => {
    for (const key of ['a', '!~', 'x'.repeat(128)]) expect(await keyOf(key)).toBe(key);
    expect((await send('stateStage')).reached[0]?.idempotencyKey).toBeUndefined();
  });

  it('is refused in other forms', async () => {
    for (const key of ['', ' ', 'a b', 'ü', 'x'.repeat(129), 'a\n'])
      expect(await refusedLines('stateStage', { headers: { 'idempotency-key': key } })).toEqual([
        expect.stringMatching(
          /^idempotency-key: given .*; allowed: 1 to 128 printable ASCII characters without spaces$/,
        ),
      ]);
  });
});

describe('the headers If-Match and If-None-Match', () => {
  it('name a version by its ETag, weak or strong', async () => {
    for (const etag of ['"7"', 'W/"7"', ' "7" ']) {
      expect((await send('stateStage', { headers: { 'if-match': etag } })).reached[0]?.ifMatch).toBe(7);
      expect((await send('getLead', { headers: { 'if-none-match': etag } })).reached[0]?.ifNoneMatch).toBe(7);
    }
    expect((await send('getLead')).reached[0]).toMatchObject({ ifMatch: undefined, ifNoneMatch: undefined });
  });

  it('are refused in other forms', async () => {
    for (const etag of ['', '*', '7', '"x"', '"7", "8"', '"-1"', '"1e3"', 'w/"7"', '"9999999999999999"'])
      expect(await refusedLines('stateStage', { headers: { 'if-match': etag } })).toEqual([
        expect.stringMatching(/^if-match: given .*; allowed: one ETag as an answer has it, such as "3"$/),
      ]);
  });

  it('are refused on a route that honours no condition, which would else be carried out without it', async () => {
    for (const operation of operations) {
      const { answer } = await send(operation, { headers: { 'if-match': '"7"', ...contentType(operation) } });
      expect(answer.statusCode).toBe(routeOf(operation).conditional ? routeOf(operation).success : 400);
    }
  });

  const contentType = (operation: Operation): Record<string, string> =>
    samples[operation].body === undefined ? {} : { 'content-type': 'application/json' };
});

describe('the fingerprint of a request', () => {
  const fingerprintOf = async (operation: Operation, props?: Parameters<typeof send>[1]) =>
    (await send(operation, props)).reached[0]?.fingerprint;

  it('is that of one that is sent again', async () => {
    expect(await fingerprintOf('stateStage')).toBe(await fingerprintOf('stateStage'));
    expect(
      await fingerprintOf('stateStage', {
        headers: { 'idempotency-key': 'a', 'content-type': 'application/json' },
      }),
    ).toBe(await fingerprintOf('stateStage'));
  });

  it('differs by operation, path, body and condition', async () => {
    const seen = (version: number) => ({
      headers: { 'if-match': `"${version}"`, 'content-type': 'application/json' },
    });
    const all = await Promise.all([
      fingerprintOf('stateStage'),
      fingerprintOf('stateStage', seen(0)),
      fingerprintOf('stateStage', seen(1)),
      fingerprintOf('acceptHandoff'),
      fingerprintOf('rejectHandoff', { body: {} }),
      fingerprintOf('acceptHandoff', { path: { id: 'l-1~h-2' } }),
      fingerprintOf('acceptHandoff', { body: { reason: 'a' } }),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });
});
