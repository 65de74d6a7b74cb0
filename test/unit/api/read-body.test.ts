import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiLimits, problemDocument, problemTypes } from '../../../events/api/index.ts';
import type { ApiProblem } from '../../../shared/api/index.ts';
import { type RawBody, readBody } from '../../../shared/api/read-body.ts';
import { bodyOf } from '../../support/api-request.ts';
import { hostileText } from '../../support/hostile.ts';
import { seeded } from '../../support/seed.ts';
import { send } from './samples.ts';

const json = { body: z.unknown() } as never;
const events = { body: z.unknown(), bodyKind: 'events', bodyBytes: apiLimits.eventsBytes } as never;

const read = (route: never, body: string | undefined, raw: Partial<RawBody> = {}) =>
  readBody(route, { body, mediaType: 'application/json', ...raw });

const refusal = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    const { type, errors } = error as ApiProblem;
    return `${type} ${errors.map(({ path, given, allowed }) => `${path}: given ${given}; allowed: ${allowed}`)}`;
  }
};
const refusedJson = (body: string | undefined, raw: Partial<RawBody> = {}) =>
  refusal(() => read(json, body, raw));

const base64 = (bytes: Buffer | string): Partial<RawBody> & { readonly body: string } => ({
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
});

describe('a body of JSON', () => {
  it('is read as it is, in base64, or after a byte order mark', () => {
    const value = { a: [1, 'ü', null] };
    const text = JSON.stringify(value);
    expect(read(json, text)).toEqual(value);
    expect(read(json, undefined, base64(text))).toEqual(value);
    expect(read(json, `\ufeff${text}`)).toEqual(value);
    expect(read(json, undefined, base64(`\ufeff${text}`))).toEqual(value);
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8', ' application/json ;x=1'])(
    'is taken with the media type %s',
    (mediaType) => expect(read(json, '{}', { mediaType })).toEqual({}),
  );

  it.each([undefined, '', 'text/plain', 'application/x-ndjson', 'application/json5', 'application/jsonx'])(
    'is refused with the media type %s',
    (mediaType) =>
      expect(refusedJson('{}', { mediaType })).toMatch(
        /^unsupported-media-type content-type: given .*; allowed: application\/json$/,
      ),
  );

  it.each<[string, string, string]>([
    ['nothing', '', 'body: given ""; allowed: JSON'],
    ['a broken document', '{"a":', 'body: given "{\\"a\\":"; allowed: JSON'],
    ['NaN', 'NaN', 'body: given "NaN"; allowed: JSON'],
    ['two documents', '{} {}', 'body: given "{} {}"; allowed: JSON'],
    [
      'a number beyond a double',
      '{"a":[0,1e999]}',
      'body.a[1]: given a number beyond the range of a double; allowed: a number between -1.797e308 and 1.797e308',
    ],
    [
      'a name that no object can hold',
      '{"a":{"__proto__":1}}',
      'body.a.__proto__: given the name "__proto__"; allowed: any other name',
    ],
    [
      'such a name in a list',
      '[{"__proto__":1}]',
      'body[0].__proto__: given the name "__proto__"; allowed: any other name',
    ],
    [
      'deep nesting',
      `${'['.repeat(13)}${']'.repeat(13)}`,
      'body: given deeper nesting; allowed: at most 12 levels',
    ],
  ])('is refused as %s', (_, body, problem) => {
    expect(refusedJson(body)).toBe(`invalid-request ${problem}`);
  });

  it('finds the name that no object can hold at every level that a schema has', () => {
    for (let level = 0; level < 6; level++) {
      const text = `${'{"a":'.repeat(level)}{"__proto__":1}${'}'.repeat(level)}`;
      expect(refusedJson(text)).toContain('given the name "__proto__"');
    }
  });

  it('is taken as deep as is allowed', () => {
    expect(refusedJson(`${'['.repeat(12)}${']'.repeat(12)}`)).toBeInstanceOf(Array);
  });

  it('is refused if it is no UTF-8', () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0x22, 0xc0, 0x80, 0x22]])
      expect(refusedJson(undefined, base64(Buffer.from(bytes)))).toBe(
        'invalid-request body: given bytes that are no UTF-8; allowed: text in UTF-8',
      );
  });

  it('is taken up to the limit in bytes, and refused beyond it before it is parsed', () => {
    const ofBytes = (length: number) => `"${'ü'.repeat((length - 2) / 2)}"`;
    expect(refusedJson(ofBytes(apiLimits.bodyBytes))).toBeTypeOf('string');
    expect(refusedJson(ofBytes(apiLimits.bodyBytes + 2))).toBe(
      'too-large body: given 65538 bytes; allowed: at most 65536 bytes',
    );
    expect(refusedJson('{'.repeat(apiLimits.bodyBytes + 1))).toContain('too-large');
  });

  it('is refused on a route that takes none', () => {
    const none = {} as never;
    expect(read(none, undefined)).toBeUndefined();
    expect(read(none, '')).toBeUndefined();
    expect(refusal(() => read(none, ' '))).toBe('invalid-request body: given 1 bytes; allowed: no body');
  });
});

describe('a body of events', () => {
  it('is a list or one event of JSON', () => {
    expect(read(events, '[{"a":1},2]')).toEqual([{ event: { a: 1 } }, { event: 2 }]);
    expect(read(events, '{"a":1}')).toEqual([{ event: { a: 1 } }]);
    expect(read(events, '[]')).toEqual([]);
  });

  it.each(['application/x-ndjson', 'application/jsonl; charset=utf-8'])(
    'is one event a line with the media type %s, of which a broken one is refused alone',
    (mediaType) => {
      expect(read(events, '\ufeff{"a":1}\r\n\n{"a":\n[2]\n', { mediaType })).toEqual([
        { event: { a: 1 } },
        { problem: { path: '(the whole)', given: '"{\\"a\\":"', allowed: 'one event as JSON' } },
        { event: [2] },
      ]);
    },
  );

  it('is refused as a whole if it is no JSON, or too large', () => {
    expect(refusal(() => read(events, '[{"a":1},'))).toContain('body: given "[{\\"a\\":1},"; allowed: JSON');
    expect(refusal(() => read(events, ' '.repeat(apiLimits.eventsBytes + 1)))).toContain('too-large');
    expect(refusal(() => read(events, '[]', { mediaType: 'text/csv' }))).toContain(
      'allowed: application/json, application/x-ndjson, application/jsonl',
    );
  });
});

describe('a hostile body', () => {
  const deep = (levels: number) => [
    `${'['.repeat(levels)}${']'.repeat(levels)}`,
    `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
  ];

  it('nested a hundred thousand levels deep is refused or handed on, and nothing breaks', async () => {
    for (const body of [13, 1_000, 10_000].flatMap(deep)) {
      const { answer, reached } = await send('scoreFacts', { body });
      expect({ status: answer.statusCode, reached }).toEqual({ status: 400, reached: [] });
    }
    for (const body of deep(100_000)) {
      expect((await send('scoreFacts', { body })).answer.statusCode).toBe(413);
      for (const type of ['application/json', 'application/x-ndjson']) {
        const { answer, reached } = await send('putEvents', { body, headers: { 'content-type': type } });
        expect(answer.statusCode).toBe(200);
        expect(reached[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });

  it('with more events than are allowed is refused', async () => {
    const numbers = (length: number) => `[${Array.from({ length }, () => 1).join()}]`;
    expect((await send('putEvents', { body: numbers(500) })).answer.statusCode).toBe(200);
    for (const length of [0, 501, 1_000_000]) {
      const { answer, reached } = await send('putEvents', { body: numbers(length) });
      expect({ status: answer.statusCode, reached }).toEqual({ status: 400, reached: [] });
    }
  });

  it('with a million lines that are no JSON is refused without reading them all', async () => {
    const text = 'x\n'.repeat(apiLimits.eventsBytes / 2);
    expect(read(events, text, { mediaType: 'application/x-ndjson' })).toHaveLength(apiLimits.events + 1);
    const headers = { 'content-type': 'application/x-ndjson' };
    expect((await send('putEvents', { body: text, headers })).answer.statusCode).toBe(400);
  });

  it('of any text is read, or refused with a problem document', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileText,
        fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain'),
        fc.boolean(),
        async (body, type, isBase64Encoded) => {
          const { answer } = await send('putEvents', { body, headers: { 'content-type': type } });
          const raw = { body, mediaType: type, isBase64Encoded };
          expect(answer.statusCode).toBeLessThan(500);
          if (answer.statusCode > 200)
            expect(problemDocument.safeParse(bodyOf(answer)).error).toBeUndefined();
          for (const route of [json, events]) {
            const found = refusal(() => readBody(route, raw));
            if (typeof found === 'string' && found.includes('given '))
              expect(Object.keys(problemTypes)).toContain(found.split(' ')[0]);
          }
        },
      ),
      seeded(),
    );
  });
});
