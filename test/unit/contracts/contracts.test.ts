import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asyncApiSpecs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Contract, inboundContracts, outboundContracts, parseInbound } from '../../../events/index.ts';
import { inputSchema } from '../../../scripts/contract-schemas.ts';
import {
  findDeviations,
  modelSchemaFile,
  renderContracts,
  schemaFolder,
  writeContracts,
} from '../../../scripts/contracts.ts';

type Json = Record<string, unknown>;

const root = join(import.meta.dirname, '../../..');
const contracts: readonly Contract[] = [
  ...Object.values(inboundContracts),
  ...Object.values(outboundContracts),
];
const byType = contracts.map((contract) => [contract.detailType, contract] as const);

const onDisk = async (file: string): Promise<Json> =>
  JSON.parse(await readFile(join(root, schemaFolder, file), 'utf8'));

/** The one format that event schemas use; ajv itself has no formats. */
const formats = { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) };

const compileValidator = async (type: string) =>
  new Ajv2020({ strict: true, allErrors: true, formats }).compile(await onDisk(`${type}.json`));

const copy = (value: unknown): { metadata: Json; data: Json } => structuredClone(value) as never;

describe('the contract files', () => {
  it('are what the contracts give: run `npm run contracts` when this fails', async () => {
    expect(await findDeviations(root, renderContracts())).toEqual([]);
  });

  it('are one a detail-type, the AsyncAPI and the OpenAPI document, and the schema of scoring models', () => {
    const expected = contracts.map(({ detailType }) => `${schemaFolder}/${detailType}.json`);
    expect([...renderContracts().keys()]).toEqual([
      ...expected,
      `${schemaFolder}/asyncapi.json`,
      `${schemaFolder}/openapi.json`,
      modelSchemaFile,
    ]);
  });
});

describe('writing the contract files', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-contracts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('names each missing, stale and surplus file, and fixes them', async () => {
    const rendered = renderContracts();
    expect((await findDeviations(folder, rendered)).map(({ state }) => state)).toEqual(
      [...rendered.keys()].map(() => 'missing'),
    );
    await writeContracts(folder, rendered);
    expect(await findDeviations(folder, rendered)).toEqual([]);

    await writeFile(join(folder, schemaFolder, 'LeadsMerged.json'), '{}');
    await writeFile(join(folder, schemaFolder, 'LeadForgotten.json'), '{}');
    await rm(join(folder, modelSchemaFile));
    const deviations = [
      { path: `${schemaFolder}/LeadsMerged.json`, state: 'stale' },
      { path: modelSchemaFile, state: 'missing' },
      { path: `${schemaFolder}/LeadForgotten.json`, state: 'surplus' },
    ];
    expect(await findDeviations(folder, rendered)).toEqual(deviations);
    expect(await writeContracts(folder, rendered)).toEqual(deviations);
    expect(await findDeviations(folder, rendered)).toEqual([]);
  });
});

describe.each(byType)('the JSON Schema of %s', (type, contract) => {
  it('takes the sample, as its zod schema does', async () => {
    const validate = await compileValidator(type);
    expect(validate(contract.sampleEvent.detail), JSON.stringify(validate.errors)).toBe(true);
    expect(contract.detail.safeParse(contract.sampleEvent.detail).success).toBe(true);
  });

  it('has a title, a description, an id and the sample as its example', async () => {
    expect(await onDisk(`${type}.json`)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:sluice:event:${type}:1`,
      title: type,
      description: contract.description,
      examples: [contract.sampleEvent.detail],
    });
  });

  it('describes to producers, and to nobody else, what makes an event the same event', async () => {
    const schema = (await onDisk(`${type}.json`)) as {
      properties: { metadata: { properties: Record<string, { description?: string }> } };
    };
    const described = Object.fromEntries(
      Object.entries(schema.properties.metadata.properties).flatMap(([field, { description }]) =>
        description === undefined ? [] : [[field, description]],
      ),
    );
    if (contract.direction === 'outbound') return expect(described).toEqual({});
    return expect(described).toEqual({
      eventId: expect.stringContaining('Lead, occurredAt and eventId together are the identity of an event'),
      occurredAt: expect.stringContaining('never use the time of sending'),
      backfill: expect.stringContaining('announces and starts nothing'),
    });
  });

  it('refuses the sample without any one of its required fields, as its zod schema does', async () => {
    const validate = await compileValidator(type);
    const schema = (await onDisk(`${type}.json`)) as {
      properties: Record<string, { required: string[] }>;
    };
    const required = Object.entries(schema.properties).flatMap(([part, { required }]) =>
      required.map((field) => [part as 'metadata' | 'data', field] as const),
    );
    expect(required.length).toBeGreaterThan(3);
    for (const [part, field] of required) {
      const detail = copy(contract.sampleEvent.detail);
      delete detail[part][field];
      expect(validate(detail), `without ${part}.${field}`).toBe(false);
      expect(contract.detail.safeParse(detail).success, `without ${part}.${field}`).toBe(false);
    }
  });

  it('refuses fields that the contract does not have, another version and what is no instant', async () => {
    const validate = await compileValidator(type);
    const mutations: ((detail: { metadata: Json; data: Json }) => void)[] = [
      ({ data }) => Object.assign(data, { colour: 'red' }),
      ({ metadata }) => Object.assign(metadata, { colour: 'red' }),
      ({ metadata }) => Object.assign(metadata, { schemaVersion: 2 }),
      ({ metadata }) => Object.assign(metadata, { eventId: 'with space' }),
      ({ metadata }) => Object.assign(metadata, { occurredAt: '2026-03-01T10:00:00' }),
      ({ metadata }) => Object.assign(metadata, { occurredAt: '2026-03-01T10:00:00+25:00' }),
      ({ metadata }) => Object.assign(metadata, { occurredAt: '2026-02-30T10:00:00Z' }),
    ];
    for (const mutate of mutations) {
      const detail = copy(contract.sampleEvent.detail);
      mutate(detail);
      expect(validate(detail), String(mutate)).toBe(false);
      expect(contract.detail.safeParse(detail).success, String(mutate)).toBe(false);
    }
  });

  it('takes instants of any offset from producers, and has announcements in UTC', async () => {
    const validate = await compileValidator(type);
    for (const occurredAt of ['2026-03-01T10:00:00.1234+01:00', '2026-03-01T10:00+01', '2024-02-29t10:00z']) {
      const detail = copy(contract.sampleEvent.detail);
      detail.metadata.occurredAt = occurredAt;
      const inbound = contract.direction === 'inbound';
      expect(validate(detail), occurredAt).toBe(inbound);
      expect(contract.detail.safeParse(detail).success, occurredAt).toBe(inbound);
    }
  });
});

describe('bags', () => {
  const bags = [
    ['LeadProfileUpdated', 'attributes', 1, 100],
    ['LeadAnswersRecorded', 'answers', { value: 1 }, 100],
    ['LeadActivityRecorded', 'properties', 1, 50],
  ] as const;

  it.each(bags)('%s.%s holds as many names by JSON Schema as by zod', async (type, field, value, most) => {
    const validate = await compileValidator(type);
    const contract = inboundContracts[type];
    for (const [names, fits] of [
      [0, false],
      [1, true],
      [most, true],
      [most + 1, false],
    ] as const) {
      const detail = copy(contract.sampleEvent.detail);
      detail.data[field] = Object.fromEntries(Array.from({ length: names }, (_, n) => [`n${n}`, value]));
      expect(validate(detail), `${names} names`).toBe(fits);
      expect(contract.detail.safeParse(detail).success, `${names} names`).toBe(fits);
    }
  });
});

describe('a bag without a bound', () => {
  const bag = z.record(z.string().check(z.regex(/^[a-z]+$/)), z.number());

  it('is refused, and named', () => {
    expect(() => inputSchema(z.object({ data: z.object({ weights: bag }) }))).toThrow(
      'properties.data.properties.weights: given a bag without a bound',
    );
  });

  it('is none if it carries a bound, or has known names', () => {
    const bounded = bag.check(z.meta({ maxProperties: 3 }));
    expect(inputSchema(z.object({ bounded })).properties?.bounded).toMatchObject({ maxProperties: 3 });
    expect(() => inputSchema(z.partialRecord(z.enum(['a', 'b']), z.number()))).not.toThrow();
  });
});

describe('the AsyncAPI document', () => {
  it('is valid by the official schema of AsyncAPI 3.0.0', async () => {
    const official = asyncApiSpecs.schemas['3.0.0'] as Json;
    const anyText = () => true;
    const ajv = new Ajv({
      // The official schema contains draft-07 itself.
      meta: false,
      strict: false,
      validateSchema: false,
      allErrors: true,
      formats: {
        uri: URL.canParse,
        'uri-reference': anyText,
        'uri-template': anyText,
        email: anyText,
        regex: anyText,
      },
    });
    const validate = ajv.compile(official);
    const document = await onDisk('asyncapi.json');
    expect(validate(document), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(validate({ ...document, channels: [] })).toBe(false);
    expect(validate({ ...document, colour: 'red' })).toBe(false);
  });

  const deref = (document: Json, ref: string): unknown =>
    ref
      .slice('#/'.length)
      .split('/')
      .reduce<unknown>((value, key) => (value as Json)[key], document);

  it('receives every inbound type and sends every outbound type, by references that resolve', async () => {
    const document = (await onDisk('asyncapi.json')) as Json & {
      operations: Record<string, { action: string; messages: { $ref: string }[] }>;
    };
    const listMessageTypes = (operation: string) =>
      document.operations[operation]?.messages.map(({ $ref }) => {
        const inChannel = deref(document, $ref) as { $ref: string };
        return (deref(document, inChannel.$ref) as { name: string }).name;
      });
    expect(document.operations.receiveLeadEvents?.action).toBe('receive');
    expect(listMessageTypes('receiveLeadEvents')).toEqual(Object.keys(inboundContracts));
    expect(document.operations.sendChanges?.action).toBe('send');
    expect(listMessageTypes('sendChanges')).toEqual(Object.keys(outboundContracts));
  });

  /** Returns a validator of the payload as a tool sees it after it has resolved the reference to the detail's file. */
  const entryValidator = async (type: string) => {
    const document = (await onDisk('asyncapi.json')) as {
      components: { messages: Record<string, { payload: { properties: { detail: { $ref: string } } } }> };
    };
    const payload = document.components.messages[type]?.payload;
    const { $ref } = payload?.properties.detail ?? { $ref: '' };
    const detail = await onDisk($ref);
    return new Ajv2020({ strict: true, formats }).compile({
      ...payload,
      properties: { ...payload?.properties, detail },
    });
  };

  it.each(byType)('describes the whole EventBridge entry of %s', async (type, contract) => {
    const validate = await entryValidator(type);
    const entry = contract.sampleEvent;
    expect(validate(entry), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...entry, id: 'e', account: '1', region: 'eu-central-1' })).toBe(true);
    expect(validate({ ...entry, 'detail-type': 'LeadForgotten' })).toBe(false);
    expect(validate({ ...entry, source: contract.direction === 'inbound' ? 'sluice' : 'crm' })).toBe(false);
    expect(validate({ ...entry, detail: { ...entry.detail, data: {} } })).toBe(false);
  });

  it.each(Object.entries(inboundContracts))('gives an example of %s that is accepted', (_type, contract) => {
    expect(parseInbound(contract.sampleEvent, Date.parse('2026-03-01T09:00:00Z'))).toMatchObject({
      ok: true,
    });
  });
});
