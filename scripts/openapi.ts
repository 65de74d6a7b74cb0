import * as z from 'zod';
import { answers } from '../events/api/answers/index.ts';
import {
  apiLimits,
  type Operation,
  operations,
  problemDocument,
  problemTypes,
  problemTypeUri,
  type Route,
  roles,
  routeOf,
  scopeOf,
} from '../events/api/index.ts';
import { type Contract, inboundContracts } from '../events/index.ts';
import { inputSchema, schemaVersion, sourceSchema } from './contract-schemas.ts';
import { bodyExamples, linesExample, parameterNotes } from './openapi-notes.ts';
import { type Schema, SchemaBook } from './schema-book.ts';

/** Makes the OpenAPI document of the API from its route table, the schemas of its answers, and the inbound contracts. */

const json = 'application/json';
const problemJson = 'application/problem+json';
const lineTypes = ['application/x-ndjson', 'application/jsonl'];

const tags: Readonly<Record<string, { readonly name: string; readonly description: string }>> = {
  leads: { name: 'Leads', description: 'How leads stand and why, and what people state about them.' },
  funnel: { name: 'Funnel', description: 'Counts of leads by stage and tier.' },
  handoffs: { name: 'Hand-offs', description: 'Leads that are handed to sales, and the answers of sellers.' },
  duplicates: { name: 'Duplicates', description: 'Leads that may be one person.' },
  events: { name: 'Events', description: 'Events about leads, as producers send them.' },
  score: { name: 'Scoring', description: 'A score of facts that are stored nowhere.' },
  quarantine: {
    name: 'Quarantine',
    description: 'Rejected events: they are corrected and replayed, or discarded.',
  },
  models: {
    name: 'Models',
    description: 'The scoring models: they are published, activated, taken back and compared in words.',
  },
  rescoring: { name: 'Rescoring', description: 'How far the leads are rescored by the active model.' },
  health: { name: 'Health', description: 'What waits, what was given up, what comes in and goes out.' },
  deliveries: { name: 'Deliveries', description: 'Announcements on their way to targets.' },
  report: { name: 'Report', description: 'What the funnel has brought.' },
};

/** Returns the part of a path behind `/api/`, such as `leads`. */
const topicOf = ({ path }: Route): string => path.split('/')[2] ?? '';

/** @throws Error if the topic of a route has no tag */
const tagOf = (route: Route): string => {
  const tag = tags[topicOf(route)];
  if (tag === undefined)
    throw new Error(`${route.path}: given no tag; allowed: one of ${Object.keys(tags).join(', ')}`);
  return tag.name;
};

const names = {
  304: 'NotModified',
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'ContentTooLarge',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableContent',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
} as const;
type Status = keyof typeof names;

/** The answers of the gateway itself, by status. Their bodies name no problem. */
const gatewayTexts: ReadonlyMap<number, string> = new Map([
  [401, 'The gateway found no valid token or signature.'],
  [403, 'The gateway found that the token has no scope, or the credentials no right, for the route.'],
  [413, 'The gateway takes at most 10 MB.'],
  [429, 'The gateway takes no more requests for the moment.'],
  [500, 'The function failed before it could answer.'],
  [503, 'The function did not answer in time.'],
]);

const isWrite = ({ method, service }: Route): boolean => method !== 'GET' && service !== 'answer-queries';

/** Returns whether an operation answers with a version: the lead's, as an ETag. */
const isVersioned = (operation: Operation): boolean => operation === 'getLead';

const listStatuses = (operation: Operation, route: Route): Status[] => {
  const hasId = route.path.includes('{');
  const isOfModels = route.service === 'manage-models';
  const when = (condition: boolean, ...statuses: Status[]): Status[] => (condition ? statuses : []);
  return [
    ...when(isVersioned(operation), 304),
    400,
    401,
    403,
    ...when(hasId, 404),
    ...when(hasId || (isOfModels && isWrite(route)), 409),
    ...when(hasId && !isOfModels, 410),
    ...when(route.conditional === true, 412),
    ...when(route.body !== undefined, 413, 415),
    ...when(isWrite(route) || route.method === 'GET', 422),
    429,
    500,
    503,
  ];
};

const responseOf = (status: Status) => {
  if (status === 304) return { description: 'The lead still has the version of `If-None-Match`.' };
  const problems = Object.entries(problemTypes).filter(([, { status: own }]) => own === status);
  const gateway = gatewayTexts.get(status);
  const texts = problems.map(([type, { title }]) => `\`${type}\`: ${title}.`);
  const ref = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
  return {
    description: [...texts, ...(gateway === undefined ? [] : [gateway])].join(' '),
    ...(status === 503 && { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }),
    content: {
      ...(problems.length > 0 && { [problemJson]: ref('Problem') }),
      ...(gateway !== undefined && { [json]: ref('GatewayMessage') }),
    },
  };
};

/** Joins what a parameter takes as text with what it means: a number arrives as text too. */
const parameterSchema = (given: Schema | undefined, parsed: Schema | undefined): Schema => {
  const schema = parsed?.type === 'integer' ? parsed : given;
  if (schema === undefined) throw new Error('a parameter without a schema');
  return schema;
};

const parametersOf = (book: SchemaBook, route: Route) =>
  (
    [
      ['path', route.pathParameters],
      ['query', route.query],
    ] as const
  ).flatMap(([place, schema]) => {
    const given = book.inline(inputSchema(schema));
    const parsed = book.inline(z.toJSONSchema(schema, { unrepresentable: 'any' }));
    return Object.keys(given.properties ?? {}).map((name) => {
      const note = parameterNotes[`${topicOf(route)}.${name}`] ?? parameterNotes[name];
      if (note === undefined)
        throw new Error(
          `${route.path}: given ${name} without a description; allowed: one in openapi-notes.ts`,
        );
      const schema = parameterSchema(
        given.properties?.[name] as Schema | undefined,
        parsed.properties?.[name] as Schema | undefined,
      );
      const required = place === 'path' || (given.required as string[] | undefined)?.includes(name) === true;
      return { name, in: place, required, schema, ...note };
    });
  });

const headersOf = (operation: Operation, route: Route) =>
  [
    ...(isWrite(route) ? ['IdempotencyKey'] : []),
    ...(route.conditional ? ['IfMatch'] : []),
    ...(isVersioned(operation) ? ['IfNoneMatch'] : []),
  ].map((name) => ({ $ref: `#/components/parameters/${name}` }));

const requestBodyOf = (book: SchemaBook, operation: Operation, route: Route) => {
  const { body, bodyKind = 'json', bodyBytes = apiLimits.bodyBytes } = route;
  if (body === undefined) return {};
  const example = bodyExamples[operation];
  if (example === undefined)
    throw new Error(`${operation}: given no example; allowed: one in openapi-notes.ts`);
  const size = `At most ${bodyBytes} bytes`;
  if (bodyKind === 'json') {
    const content = { [json]: { schema: book.inline(inputSchema(body)), example } };
    return { requestBody: { description: `${size}.`, required: true, content } };
  }
  const lines = { schema: { $ref: '#/components/schemas/EventLines' }, example: linesExample };
  const list = { schema: { $ref: '#/components/schemas/Events' }, example };
  return {
    requestBody: {
      description: `${size} and ${apiLimits.events} events.`,
      required: true,
      content: { [json]: list, ...Object.fromEntries(lineTypes.map((type) => [type, lines])) },
    },
  };
};

const successTexts: Readonly<Record<Route['success'], string>> = {
  200: 'The answer.',
  202: 'The request was taken in; what follows happens once its event is recorded.',
};

/** Returns the name of the schema of an answer. Requests that become an event share one. */
const answerNameOf = (operation: Operation): string =>
  answers[operation] === answers.eraseLead
    ? 'TakenInAnswer'
    : `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Answer`;

const operationOf = (book: SchemaBook, operation: Operation) => {
  const route = routeOf(operation);
  const { role, summary, success } = route;
  const schema = book.component(answers[operation], answerNameOf(operation));
  return {
    operationId: operation,
    summary,
    tags: [tagOf(route)],
    security: [{ people: [scopeOf(role)] }, { services: [] }],
    parameters: [...parametersOf(book, route), ...headersOf(operation, route)],
    ...requestBodyOf(book, operation, route),
    responses: {
      [success]: {
        description: successTexts[success],
        ...(isVersioned(operation) && { headers: { ETag: { $ref: '#/components/headers/ETag' } } }),
        content: { [json]: { schema } },
      },
      ...Object.fromEntries(
        listStatuses(operation, route).map((status) => [
          status,
          { $ref: `#/components/responses/${names[status]}` },
        ]),
      ),
    },
  };
};

/** Returns the schema of an event of a type, whose detail has a file of its own. */
const eventSchema = (contract: Contract): Schema => ({
  title: contract.detailType,
  description: contract.description,
  type: 'object',
  required: ['source', 'detail-type', 'detail'],
  properties: {
    source: sourceSchema(contract) as Schema,
    'detail-type': { type: 'string', const: contract.detailType },
    time: { type: 'string', format: 'date-time' },
    detail: { $ref: `./${contract.detailType}.json` },
  },
});

const event: Schema = { $ref: '#/components/schemas/Event' };

const eventSchemas = (): Record<string, Schema> => ({
  Event: {
    description: 'An event about a lead, as it is put on the bus. Other fields of EventBridge are ignored.',
    oneOf: Object.values(inboundContracts).map(eventSchema),
  },
  Events: {
    description: 'A list of events, or one event.',
    anyOf: [{ type: 'array', minItems: 1, maxItems: apiLimits.events, items: event }, event],
  },
  EventLines: { description: 'One event as JSON a line.', type: 'string', minLength: 1 },
});

const problemSchema = (book: SchemaBook): Schema => {
  const schema = book.inline(inputSchema(problemDocument));
  const types = Object.keys(problemTypes) as (keyof typeof problemTypes)[];
  return {
    description: 'A problem document (RFC 9457). `errors` names the fields at fault.',
    ...schema,
    properties: { ...schema.properties, type: { type: 'string', enum: types.map(problemTypeUri) } },
    examples: [
      {
        type: problemTypeUri('invalid-request'),
        title: problemTypes['invalid-request'].title,
        status: 400,
        detail: 'the request has values that are not allowed',
        requestId: 'Xyz12jEDoAMEJyA=',
        errors: [
          { path: 'query.limit', given: '"1000"', allowed: `a whole number of 1 to ${apiLimits.pageSize}` },
        ],
      },
    ],
  };
};

const etag: Schema = { type: 'string', pattern: '^(?:W/)?"\\d{1,15}"$' };

const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A key that the caller makes up for the request. A request that is sent again with it within a day is carried ' +
      'out once. With another request it is refused.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
    example: '5f3c9a52-0c57-4f0e-8d0b-6e0a5f0b7c11',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The ETag of the lead that the caller has seen. If the lead has another version, nothing is done.',
    schema: etag,
    example: '"7"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag that the caller has. If the answer would be the same, it is 304 without a body.',
    schema: etag,
    example: '"7"',
  },
};

const headers = {
  ETag: { description: 'The version of the lead, in quotes.', schema: etag, example: '"7"' },
  RetryAfter: {
    description: 'The seconds after which to try again, if the API knows them.',
    schema: { type: 'integer', minimum: 1 },
  },
};

const securitySchemes = {
  people: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of the OIDC issuer of the deployment. Its scope names a role, and a role may do what the ones ' +
      `before it may: ${roles.map((role) => `\`${scopeOf(role)}\``).join(', ')}. A route names the least one.`,
  },
  services: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'awsSigv4',
    description: 'A signature by AWS credentials (SigV4) that may call `execute-api:Invoke` on the route.',
  },
};

const servers = [
  { url: 'http://127.0.0.1:8010', description: 'The stack on this machine.' },
  {
    url: 'https://{api}.execute-api.{region}.amazonaws.com',
    description: 'A deployment has two addresses: one for people, one for services.',
    variables: { api: { default: 'api-id' }, region: { default: 'eu-central-1' } },
  },
];

const paths = (book: SchemaBook) => {
  const made: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const { path, method } = routeOf(operation);
    made[path] = { ...made[path], [method.toLowerCase()]: operationOf(book, operation) };
  }
  return made;
};

/** Returns the OpenAPI document of the API. */
export const openApi = () => {
  const book = new SchemaBook();
  const described = paths(book);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sluice',
      version: `${schemaVersion}.0.0`,
      description:
        'Reads leads, explanations, the funnel and hand-offs, and takes in events and answers. A list is read page by ' +
        'page: `cursor` of an answer is the parameter of the next request, with the same filters, and null at the ' +
        `end; it is valid for ${apiLimits.cursorMs / 3_600_000} hours. Unknown parameters and fields are refused. An unknown route is answered with 404, ` +
        'another method of a route with 405, each with a problem document.',
      license: { name: 'MIT' },
    },
    servers,
    tags: Object.values(tags),
    paths: described,
    components: {
      schemas: {
        ...book.components(),
        ...eventSchemas(),
        Problem: problemSchema(book),
        GatewayMessage: {
          description: 'An answer of API Gateway itself.',
          type: 'object',
          required: ['message'],
          properties: { message: { type: ['string', 'null'] } },
        },
      },
      responses: Object.fromEntries(
        Object.entries(names).map(([status, name]) => [name, responseOf(Number(status) as Status)]),
      ),
      parameters,
      headers,
      securitySchemes,
    },
  };
};
