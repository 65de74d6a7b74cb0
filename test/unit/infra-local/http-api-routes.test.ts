import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoute, parseRouteKey, splitPath } from '../../../infra/local/http-api/route-pattern.ts';
import { seeded } from '../../support/seed.ts';

const routesOf = (...keys: readonly string[]) =>
  keys.map((key) => {
    const pattern = parseRouteKey(key);
    if (pattern === undefined) throw new Error(`${key} is no key`);
    return { key, pattern };
  });

const routes = routesOf(
  'GET /api/leads',
  'GET /api/leads/{id}',
  'DELETE /api/leads/{id}',
  'GET /api/leads/{id}/timeline',
  'POST /api/events',
  '$default',
);

/** Returns the route of a request, and the values of its variables. */
const find = (request: string, among = routes) => {
  const [method = '', path = ''] = request.split(' ');
  const found = findRoute(among, method, splitPath(path) ?? []);
  return found && [found.route.key, found.variables];
};

describe('the route of a request', () => {
  it.each([
    ['GET /api/leads', 'GET /api/leads', {}],
    ['GET /api/leads/l-1', 'GET /api/leads/{id}', { id: 'l-1' }],
    ['DELETE /api/leads/l-1', 'DELETE /api/leads/{id}', { id: 'l-1' }],
    ['GET /api/leads/l-1/timeline', 'GET /api/leads/{id}/timeline', { id: 'l-1' }],
    ['POST /api/events', 'POST /api/events', {}],
  ])('%s is %s', (request, key, variables) => expect(find(request)).toEqual([key, variables]));

  it.each([
    ['a slash', 'a%2Fb', 'a/b'],
    ['a percent sign', '50%25', '50%'],
    ['a letter', 'a%41', 'aA'],
    ['a question mark', 'x%3Fy', 'x?y'],
    ['what is encoded twice, once', '%252F', '%2F'],
    ['a character of several bytes', '%E2%82%AC', '€'],
    ['a plus, which is no space in a path', 'a+b', 'a+b'],
    ['bytes that are no UTF-8, as the character for that', 'a%FF', 'a\ufffd'],
  ])('has in a variable %s', (_, part, id) =>
    expect(find(`GET /api/leads/${part}`)).toEqual(['GET /api/leads/{id}', { id }]),
  );

  it.each(['%', '50%', '%4', '%zz', 'a%2'])(
    'is not looked for with a percent sign that begins no byte: %s',
    (part) => expect(splitPath(`/api/leads/${part}`)).toBeUndefined(),
  );

  it.each([
    ['another path', 'GET /api/other'],
    ['another method', 'PUT /api/leads/l-1'],
    ['HEAD, which is no GET', 'HEAD /api/leads'],
    ['OPTIONS', 'OPTIONS /api/leads'],
    ['a slash at the end', 'GET /api/leads/l-1/'],
    ['an empty variable', 'GET /api/leads/'],
    ['an empty variable within the path', 'GET /api/leads//timeline'],
    ['two slashes', 'GET /api//leads'],
    ['two slashes at the beginning', 'GET //api/leads'],
    ['letters of another case', 'GET /api/Leads'],
    ['a path that is longer', 'GET /api/leads/l-1/timeline/1'],
    ['a path that is encoded where a slash divides', 'GET /api%2Fleads'],
  ])('is $default for %s', (_, request) => expect(find(request)).toEqual(['$default', {}]));

  it('is none without $default', () => {
    expect(find('GET /api/other', routesOf('GET /api/leads'))).toBeUndefined();
  });

  it('is the most specific one, whatever their order is', () => {
    const all = ['$default', 'ANY /{all+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'];
    for (const given of [all, all.toReversed()]) {
      const among = routesOf(...given);
      expect(find('GET /pets/dog/1', among)).toEqual(['GET /pets/dog/1', {}]);
      expect(find('GET /pets/dog/2', among)).toEqual(['GET /pets/dog/{id}', { id: '2' }]);
      expect(find('GET /pets/cat/1', among)).toEqual(['GET /pets/{proxy+}', { proxy: 'cat/1' }]);
      expect(find('POST /test/5', among)).toEqual(['ANY /{all+}', { all: 'test/5' }]);
    }
  });

  it('is that of its method before one of all methods', () => {
    const among = routesOf('ANY /api/leads', 'GET /api/leads');
    expect(find('GET /api/leads', among)).toEqual(['GET /api/leads', {}]);
    expect(find('PUT /api/leads', among)).toEqual(['ANY /api/leads', {}]);
  });

  it('is found for any path, with the very text that a client has encoded', () => {
    const { seed, numRuns } = seeded();
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((part) => part.isWellFormed());
    fc.assert(
      fc.property(text, (id) => {
        expect(find(`GET /api/leads/${encodeURIComponent(id)}`)).toEqual(['GET /api/leads/{id}', { id }]);
      }),
      { seed, numRuns },
    );
    const unit = fc.constantFrom('/', '%', '2', 'F', 'a', '{', '}', '.', '?', '\ud800', 'é');
    fc.assert(
      fc.property(fc.string({ unit }), (path) => {
        const parts = splitPath(path);
        if (parts !== undefined) expect(findRoute(routes, 'GET', parts)).toBeDefined();
      }),
      { seed, numRuns },
    );
  });

  it.each([
    '',
    'GET',
    'get /api',
    'LIST /api',
    'GET api',
    'GET /api/{id',
    'GET /api/a{id}',
    'GET /{a+}/b',
    'GET /a//b',
    'GET /a/',
  ])('has no such key: %j', (key) => expect(parseRouteKey(key)).toBeUndefined());
});
