import { describe, expect, it } from 'vitest';
import { readResponse } from '../../../infra/local/http-api/read-response.ts';

const read = (given: unknown) => {
  const answer = readResponse(given);
  return answer && { ...answer, body: String(answer.body) };
};

const plain = { 'content-type': 'text/plain; charset=utf-8' };
const json = { 'content-type': 'application/json' };

describe('the response of a function', () => {
  it('is the answer, with status, headers, cookies and body', () => {
    const headers = { 'Content-Type': 'application/problem+json', ETag: '"3"', 'x-count': 3 };
    expect(read({ statusCode: 404, headers, cookies: ['a=1', 'b=2'], body: '{}' })).toEqual({
      status: 404,
      headers: {
        'content-type': 'application/problem+json',
        etag: '"3"',
        'x-count': '3',
        'set-cookie': ['a=1', 'b=2'],
      },
      body: '{}',
    });
  });

  it('may have its body in base64', () => {
    const body = Buffer.from([0, 255]);
    const answer = readResponse({ statusCode: 200, body: body.toString('base64'), isBase64Encoded: true });
    expect(answer?.body).toEqual(body);
  });

  it('may have nothing but a status', () => {
    expect(read({ statusCode: 204 })).toEqual({ status: 204, headers: plain, body: '' });
    expect(read({ statusCode: '200', headers: null, body: null, cookies: null })).toEqual({
      status: 200,
      headers: plain,
      body: '',
    });
  });

  it.each([
    ['an object', { message: 'hi' }, '{"message":"hi"}'],
    ['a list', [1, 2], '[1,2]'],
    ['a text', 'Hello', 'Hello'],
    ['a number', 3, '3'],
    ['nothing', null, 'null'],
    ['nothing at all', undefined, 'null'],
  ])('without a status is the body: %s', (_, given, body) =>
    expect(read(given)).toEqual({ status: 200, headers: json, body }),
  );

  it('can not have headers that the gateway writes', () => {
    const headers = { 'Content-Length': '1', connection: 'close', 'Transfer-Encoding': 'chunked' };
    expect(read({ statusCode: 200, headers, body: 'abc' })?.headers).toEqual(plain);
  });

  it.each([
    ['a status that is none', { statusCode: 'ok' }],
    ['a status that ends nothing', { statusCode: 101 }],
    ['a status out of range', { statusCode: 1000 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are no texts', { statusCode: 200, headers: { a: ['b'] } }],
    ['headers that are a list', { statusCode: 200, headers: ['a: b'] }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header with a name that is none', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['a cookie with a line break', { statusCode: 200, cookies: ['a=1\nb'] }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
    ['more than Lambda passes on', { statusCode: 200, body: 'x'.repeat(6 * 1_048_576) }],
  ])('is a failure with %s', (_, given) => expect(readResponse(given)).toBeUndefined());
});
