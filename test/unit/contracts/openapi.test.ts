import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  apiLimits,
  listScopes,
  type Operation,
  operations,
  type ProblemType,
  problemTypes,
  routeOf,
  scopeOf,
} from '../../../events/api/index.ts';
import { inboundContracts, parseInbound } from '../../../events/index.ts';
import { openApi } from '../../../scripts/openapi.ts';
import { ApiProblem, createApiHandler } from '../../../shared/api/index.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Json;
  readonly description?: string;
  readonly example?: unknown;
}

interface Described {
  readonly operationId: Operation;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly parameters: readonly (Parameter & { readonly $ref?: string })[];
  readonly requestBody?: {
    readonly description: string;
    readonly content: Readonly<Record<string, { readonly schema: Json; readonly example: unknown }>>;
  };
  readonly responses: Readonly<Record<string, Json>>;
}

const folder = join(import.meta.dirname, '../../../events/schemas');
const document = JSON.parse(JSON.stringify(openApi())) as Json & {
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, Json>>;
  tags: { name: string }[];
};
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const find = (operation: Operation): Described => {
  const found = described.find(({ operation: { operationId } }) => operationId === operation);
  if (found === undefined) throw new Error(operation);
  return found.operation;
};

/** Returns the value at a reference within the document. */
const resolve = (ref: string): unknown =>
  ref
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document);

const parametersOf = (operation: Operation): Parameter[] =>
  find(operation).parameters.map((parameter) =>
    parameter.$ref === undefined ? parameter : (resolve(parameter.$ref) as Parameter),
  );

const base = 'https://sluice.test/';
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: {
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
    date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text),
  },
});
beforeAll(async () => {
  for (const file of await readdir(folder)) {
    if (!/^[A-Z]/.test(file)) continue;
    const { $id: _, ...schema } = JSON.parse(await readFile(join(folder, file), 'utf8'));
    ajv.addSchema(schema, `${base}${file}`);
  }
  ajv.addSchema(document, `${base}openapi.json`);
});

const validatorAt = (pointer: string) => ajv.compile({ $ref: `${base}openapi.json#${pointer}` });

/** Returns the errors of a value by a schema of the document; null without any. */
const check = (pointer: string, value: unknown): unknown => {
  const validate = validatorAt(pointer);
  return validate(value) ? null : validate.errors;
};
const escapePointer = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
const bodyPointer = (operation: Operation, type = 'application/json'): string => {
  const { path, method } = routeOf(operation);
  return `/paths/${escapePointer(path)}/${method.toLowerCase()}/requestBody/content/${escapePointer(type)}/schema`;
};

describe('the OpenAPI document', () => {
  it('is valid by the schema of OpenAPI 3.1', async () => {
    const judge = async (given: object) => {
      const validator = new Validator();
      // The schemas of events are files beside the document.
      for (const type of Object.keys(inboundContracts))
        await validator.addSpecRef(
          JSON.parse(await readFile(join(folder, `${type}.json`), 'utf8')),
          `./${type}.json`,
        );
      const { valid, errors } = await validator.validate(structuredClone(given) as Json);
      return { valid, errors, version: validator.version };
    };
    expect(await judge(document)).toEqual({ valid: true, errors: undefined, version: '3.1' });
    expect(await judge({ ...document, paths: [] })).toMatchObject({ valid: false });
    expect(await judge({ ...document, colour: 'red' })).toMatchObject({ valid: false });
  });

  it('has each route of the table, and nothing else', () => {
    expect(
      described
        .map(({ path, method, operation: { operationId, summary } }) => [operationId, method, path, summary])
        .sort(),
    ).toEqual(
      operations
        .map((operation) => {
          const { method, path, summary } = routeOf(operation);
          return [operation, method.toLowerCase(), path, summary];
        })
        .sort(),
    );
  });

  it('has no reference that does not resolve', async () => {
    const files = await readdir(folder);
    const refs: string[] = [];
    const left: unknown[] = [document];
    for (let value = left.pop(); value !== undefined; value = left.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      for (const [key, inner] of Object.entries(value)) {
        if (key === '$ref') refs.push(inner as string);
        else if (inner !== undefined) left.push(inner);
      }
    }
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of new Set(refs)) {
      if (ref.startsWith('#/')) expect(resolve(ref), ref).toBeTypeOf('object');
      else expect(files.map((file) => `./${file}`)).toContain(ref);
    }
  });

  it('uses each of its tags and components', () => {
    const text = JSON.stringify(document);
    const used = new Set(described.flatMap(({ operation: { tags } }) => tags));
    expect([...used].sort()).toEqual(document.tags.map(({ name }) => name).sort());
    for (const [kind, components] of Object.entries(document.components)) {
      if (kind === 'securitySchemes') continue;
      for (const name of Object.keys(components)) {
        const isUsed = text.includes(`"#/components/${kind}/${name}"`);
        expect(isUsed, `${kind}/${name}`).toBe(true);
      }
    }
  });
});

describe.each(operations)('%s in the OpenAPI document', (operation) => {
  const route = routeOf(operation);

  it('is for people by the scope of its least role, and for services', () => {
    expect(find(operation).security).toEqual([{ people: [scopeOf(route.role)] }, { services: [] }]);
    expect(listScopes(route.role)).toContain(scopeOf(route.role));
  });

  it('has a parameter for each that the route takes, with a description and a valid example', () => {
    const names = parametersOf(operation)
      .filter((parameter) => parameter.in !== 'header')
      .map(({ name }) => name);
    const shapes = [route.pathParameters, route.query] as unknown as { shape: object }[];
    expect(names).toEqual(shapes.flatMap(({ shape }) => Object.keys(shape)));
    for (const { name, description, example, schema } of parametersOf(operation)) {
      expect(description, name).toMatch(/\.$/);
      if (example === undefined) continue;
      const validate = ajv.compile('$ref' in schema ? { $ref: `${base}openapi.json${schema.$ref}` } : schema);
      expect(validate(example), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  it('has whole numbers with the bounds that the route has', () => {
    const integers = parametersOf(operation).filter(({ schema: { type } }) => type === 'integer');
    // `before` is a revision for one route, and a place for another.
    const known = ['limit', 'stuckDays', ...(operation === 'listModelHistory' ? ['before'] : [])];
    expect(integers.map(({ name }) => name)).toEqual(
      parametersOf(operation)
        .map(({ name }) => name)
        .filter((name) => known.includes(name)),
    );
    for (const { name, schema } of integers) {
      const { minimum = Number.NaN, maximum = Number.NaN, default: usual } = schema as Record<string, number>;
      const takes = (given: number) => route.query.safeParse({ [name]: String(given) }).success;
      expect([minimum, maximum, usual ?? minimum].map(takes)).toEqual([true, true, true]);
      expect([minimum - 1, maximum + 1].map(takes)).toEqual([false, false]);
      expect(route.query.parse({})).toMatchObject(usual === undefined ? {} : { [name]: usual });
    }
  });

  it('takes the headers that its function honours', () => {
    const headers = parametersOf(operation)
      .filter((parameter) => parameter.in === 'header')
      .map(({ name }) => name);
    const isWrite = route.method !== 'GET' && operation !== 'scoreFacts';
    expect(headers).toEqual([
      ...(isWrite ? ['Idempotency-Key'] : []),
      ...(route.conditional ? ['If-Match'] : []),
      ...(operation === 'getLead' ? ['If-None-Match'] : []),
    ]);
  });

  it('answers with a schema, and with the problems that it can give', () => {
    const { responses } = find(operation);
    const status = Object.keys(responses).map(Number);
    expect(status).toEqual(expect.arrayContaining([route.success, 400, 401, 403, 429, 500, 503]));
    expect(status.includes(412)).toBe(route.conditional === true);
    expect(status.includes(413) && status.includes(415)).toBe(route.body !== undefined);
    const isOfModels = route.service === 'manage-models';
    const isNamed = route.path.includes('{');
    expect(status.includes(404)).toBe(isNamed);
    expect(status.includes(409)).toBe(isNamed || (isOfModels && route.method !== 'GET'));
    expect(status.includes(410)).toBe(isNamed && !isOfModels);
    expect(responses[route.success]).toMatchObject({
      content: { 'application/json': { schema: { $ref: expect.stringMatching(/Answer$/) } } },
    });
    expect('headers' in (responses[route.success] ?? {})).toBe(operation === 'getLead');
  });

  it('has a body if the route takes one, with an example that schema and route take', () => {
    const { requestBody } = find(operation);
    expect(requestBody !== undefined).toBe(route.body !== undefined);
    if (requestBody === undefined) return;
    expect(requestBody.description).toContain(`${route.bodyBytes ?? apiLimits.bodyBytes} bytes`);
    for (const [type, { example }] of Object.entries(requestBody.content)) {
      expect(check(bodyPointer(operation, type), example), type).toBeNull();
      if (route.bodyKind !== 'events')
        expect(route.body?.safeParse(example)).toMatchObject({ success: true });
    }
    expect(check(bodyPointer(operation), operation === 'putEvents' ? [] : { colour: 'red' })).not.toBeNull();
  });
});

describe('the bodies of POST /events', () => {
  const content = find('putEvents').requestBody?.content ?? {};
  const now = Date.parse('2026-03-02T09:00:00Z');

  it('are a list, one event, or a text with one event a line', () => {
    expect(Object.keys(content)).toEqual(['application/json', 'application/x-ndjson', 'application/jsonl']);
    const lines = String(content['application/jsonl']?.example).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(content['application/json']?.example);
    for (const line of lines) expect(parseInbound(JSON.parse(line), now)).toMatchObject({ ok: true });
  });

  it.each(Object.values(inboundContracts))('may hold $detailType', ({ sampleEvent }) => {
    expect(check(bodyPointer('putEvents'), [sampleEvent])).toBeNull();
    expect(check(bodyPointer('putEvents'), sampleEvent)).toBeNull();
    const { time: _, ...timeless } = sampleEvent;
    expect(check(bodyPointer('putEvents'), [timeless])).toBeNull();
  });

  it('hold no event of another type or form, and no more than are taken at once', () => {
    const { sampleEvent } = inboundContracts.LeadStageChanged;
    for (const given of [
      [],
      [{}],
      [{ ...sampleEvent, 'detail-type': 'LeadTierChanged' }],
      [{ ...sampleEvent, source: 'sluice' }],
      [{ ...sampleEvent, detail: { ...sampleEvent.detail, data: {} } }],
      Array.from({ length: apiLimits.events + 1 }, () => sampleEvent),
    ])
      expect(check(bodyPointer('putEvents'), given)).not.toBeNull();
    expect(
      check(
        bodyPointer('putEvents'),
        Array.from({ length: apiLimits.events }, () => sampleEvent),
      ),
    ).toBeNull();
  });
});

describe('the bodies of POST /score', () => {
  const bags = [
    ['attributes', 1],
    ['answers', { value: 'high' }],
    ['activities', { count: 2 }],
  ] as const;

  it.each(bags)('hold as many %s by the document as by the route', (field, value) => {
    const { schema } = find('scoreFacts').requestBody?.content['application/json'] ?? { schema: {} as Json };
    const properties = schema.properties as Record<
      string,
      { minProperties?: number; maxProperties?: number }
    >;
    const { minProperties: least = 0, maxProperties: most = 0 } = properties[field] ?? {};
    expect(most).toBeGreaterThan(1);
    for (const count of [0, least, most, most + 1]) {
      const body = { [field]: Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, value])) };
      const fits = count >= least && count <= most;
      expect(check(bodyPointer('scoreFacts'), body) === null, `${count} names`).toBe(fits);
      expect(routeOf('scoreFacts').body?.safeParse(body).success, `${count} names`).toBe(fits);
    }
  });

  it.each([
    '2026-03-01T09:00:00Z',
    '2026-03-01T10:00:00.5+01:00',
    '2026-03-01',
    '2026-02-30T09:00:00Z',
    'now',
  ])('have the instant %s by the document if by the route', (at) => {
    expect(check(bodyPointer('scoreFacts'), { at }) === null).toBe(
      routeOf('scoreFacts').body?.safeParse({ at }).success,
    );
  });
});

describe('problems in the OpenAPI document', () => {
  it.each(Object.keys(problemTypes) as ProblemType[])(
    'of the type %s are as functions answer them',
    async (type) => {
      const refuse = async (): Promise<never> => {
        throw new ApiProblem(type, 'a detail', [{ path: 'a', given: 'b', allowed: 'c' }]);
      };
      const handle = createApiHandler('manage-quarantine', {
        getHealth: refuse,
        getDelivery: refuse,
        listQuarantine: refuse,
        getQuarantined: refuse,
        replayQuarantined: refuse,
        discardQuarantined: refuse,
      });
      const answer = await handle(apiRequest('listQuarantine'));
      expect(check('/components/schemas/Problem', bodyOf(answer))).toBeNull();
      expect(check('/components/schemas/Problem', { ...bodyOf(answer), type: 'about:blank' })).not.toBeNull();
      // A method that a route doesn't have can't be described with the route.
      if (type === 'method-not-allowed') return;
      const responses = Object.values(document.components.responses ?? {}) as { description: string }[];
      expect(responses.filter(({ description }) => description.includes(`\`${type}\``))).toHaveLength(1);
    },
  );
});
