import { describe, expect, it } from 'vitest';
import { buildEvent, createRequestId, formatLogTime } from '../../../infra/local/http-api/build-event.ts';
import { gatewayRequest, type RequestProps } from './gateway-request.ts';

const build = (props: RequestProps, more: object = {}) =>
  JSON.parse(
    JSON.stringify(
      buildEvent({
        request: gatewayRequest(props),
        path: ['api', 'leads', 'l-1'],
        api: 'people',
        routeKey: 'GET /api/leads/{id}',
        variables: { id: 'l-1' },
        authorizer: { jwt: { claims: { sub: 'jane' }, scopes: ['sluice/viewer'] } },
        requestId: 'request-1',
        at: Date.UTC(2026, 2, 1, 9, 5, 7),
        ...more,
      }),
    ),
  );

describe('the event of an HTTP API', () => {
  it('has the form of payload format 2.0', () => {
    const headers = { host: ['localhost:8010'], 'user-agent': ['test'], accept: ['a/b', 'c/d'] };
    expect(build({ method: 'GET', path: '/api/leads/l-1', query: 'at=1', headers })).toEqual({
      version: '2.0',
      routeKey: 'GET /api/leads/{id}',
      rawPath: '/api/leads/l-1',
      rawQueryString: 'at=1',
      headers: { host: 'localhost:8010', 'user-agent': 'test', accept: 'a/b,c/d' },
      queryStringParameters: { at: '1' },
      pathParameters: { id: 'l-1' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'people',
        authorizer: { jwt: { claims: { sub: 'jane' }, scopes: ['sluice/viewer'] } },
        domainName: 'localhost:8010',
        domainPrefix: 'localhost:8010',
        http: {
          method: 'GET',
          path: '/api/leads/l-1',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: 'request-1',
        routeKey: 'GET /api/leads/{id}',
        stage: '$default',
        time: '01/Mar/2026:09:05:07 +0000',
        timeEpoch: Date.UTC(2026, 2, 1, 9, 5, 7),
      },
      isBase64Encoded: false,
    });
  });

  it('has no field for what a request has not', () => {
    const event = build({}, { variables: {} });
    for (const name of ['body', 'cookies', 'pathParameters', 'queryStringParameters'])
      expect(event).not.toHaveProperty(name);
    expect(event.rawQueryString).toBe('');
  });

  it('has the path decoded, and the query as it came', () => {
    const event = build({ query: 'q=%2F' }, { path: ['api', 'a/b', '50%', ''] });
    expect(event.rawPath).toBe('/api/a/b/50%/');
    expect(event.requestContext.http.path).toBe('/api/a/b/50%/');
    expect(event.rawQueryString).toBe('q=%2F');
  });

  it('has parameters decoded, and repeated ones joined', () => {
    const { queryStringParameters } = build({ query: 'a=1&b=x%26y&a=2&c&d=a+b&e=%zz' });
    expect(queryStringParameters).toEqual({ a: '1,2', b: 'x&y', c: '', d: 'a b', e: '%zz' });
  });

  it('keeps a parameter that has the name of a property of all objects', () => {
    expect(build({ query: 'constructor=1&__proto__=2' }).queryStringParameters).toEqual(
      JSON.parse('{"constructor":"1","__proto__":"2"}'),
    );
  });

  it('has cookies by themselves', () => {
    const { cookies, headers } = build({ headers: { cookie: ['a=1; b=2', 'c=3'] } });
    expect(cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(headers).not.toHaveProperty('cookie');
  });

  it.each(['text/plain', 'application/json', 'application/JSON; charset=utf-8', 'application/xml'])(
    'has a body of the type %s as text',
    (type) => {
      const event = build({ headers: { 'content-type': [type] }, body: '{"€":1}' });
      expect([event.body, event.isBase64Encoded]).toEqual(['{"€":1}', false]);
    },
  );

  it.each([
    undefined,
    'application/x-ndjson',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
  ])('has a body of the type %s in base64', (type) => {
    const event = build({ headers: type === undefined ? {} : { 'content-type': [type] }, body: '{"€":1}' });
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body, 'base64').toString()).toBe('{"€":1}');
  });

  it('has ids of its own', () => {
    const ids = Array.from({ length: 100 }, createRequestId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[\w-]{15}=$/);
  });

  it('has its time in the form of access logs', () => {
    expect(formatLogTime(0)).toBe('01/Jan/1970:00:00:00 +0000');
    expect(formatLogTime(Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe('31/Dec/2026:23:59:59 +0000');
  });
});
