import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Contract, inboundContracts, outboundContracts } from '../events/index.ts';
import { inputSchema, schemaVersion, sourceSchema } from './contract-schemas.ts';
import { modelSchema } from './model-schema.ts';
import { openApi } from './openapi.ts';

/**
 * Writes the public contracts from the zod schemas: one JSON Schema for each detail-type, an AsyncAPI document, the
 * OpenAPI document of the API, and the JSON Schema of scoring models. `--check` writes nothing and fails if the files
 * on disk differ.
 */

export const schemaFolder = 'events/schemas';
export const modelSchemaFile = 'models/schema/model.json';

const contracts: readonly Contract[] = [
  ...Object.values(inboundContracts),
  ...Object.values(outboundContracts),
];

/** Descriptions of the metadata for producers, by field. */
const metadataDescriptions: Readonly<Record<string, string>> = {
  eventId:
    'The id that the producer gives the event. Lead, occurredAt and eventId together are the identity of an event: a ' +
    'retry must repeat all three, and the same id with another instant is another event, which counts again.',
  occurredAt:
    'The instant at which it happened, in ISO 8601 with its offset from UTC, to the millisecond. It is part of the ' +
    "event's identity, so it comes from what the event is made of, such as the payload of a webhook; never use the " +
    'time of sending, which every retry would change. Two spellings of one instant are the same.',
  backfill:
    'True for history that is loaded afterwards. The event is recorded and counts like any other, but announces and ' +
    'starts nothing; when no more of it comes, one announcement says how the lead stands now.',
};

type Properties = Record<string, Record<string, unknown>>;

/** Adds the descriptions. They are added to the finished schema, in which fields of one type no longer share an object. */
const describeMetadata = (properties: Properties | undefined): void => {
  for (const [field, description] of Object.entries(metadataDescriptions)) {
    if (properties?.[field] !== undefined) properties[field] = { ...properties[field], description };
  }
};

const detailSchema = ({ detailType, direction, description, detail, sampleEvent }: Contract) => {
  const { $schema, ...schema } = inputSchema(detail);
  const metadata = schema.properties?.metadata as { properties?: Properties };
  if (direction === 'inbound') describeMetadata(metadata.properties);
  return {
    $schema,
    $id: `urn:sluice:event:${detailType}:${schemaVersion}`,
    title: detailType,
    description,
    ...schema,
    examples: [sampleEvent.detail],
  };
};

/** Describes the bus event. EventBridge adds `id`, `account`, `region` and more, so other fields are allowed. */
const message = (contract: Contract) => ({
  name: contract.detailType,
  title: contract.detailType,
  summary: contract.description,
  contentType: 'application/json',
  tags: [{ name: contract.direction }],
  payload: {
    type: 'object',
    required: ['source', 'detail-type', 'time', 'detail'],
    properties: {
      source: sourceSchema(contract),
      'detail-type': { type: 'string', const: contract.detailType },
      time: { type: 'string', format: 'date-time' },
      detail: { $ref: `./${contract.detailType}.json` },
    },
  },
  examples: [{ name: 'sample', payload: contract.sampleEvent }],
});

const messageRefs = (direction: Contract['direction']) =>
  contracts
    .filter((contract) => contract.direction === direction)
    .map(({ detailType }) => ({ $ref: `#/channels/bus/messages/${detailType}` }));

const byType = <T>(make: (contract: Contract) => T): Record<string, T> =>
  Object.fromEntries(contracts.map((contract) => [contract.detailType, make(contract)]));

const asyncApi = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Sluice',
    version: `${schemaVersion}.0.0`,
    description:
      'Lead qualification by events. Delivery is at least once and unordered: drop an event whose ' +
      'metadata.eventId and metadata.occurredAt were seen before. An inbound event is known by its lead, occurredAt ' +
      'and eventId together. A retry must repeat all three: the same eventId with another occurredAt is another ' +
      'event, and counts again. Inbound events are checked further on receipt (an instant that exists, not before ' +
      '2000 and not ahead of the clock, well-formed Unicode, a lead not merged ' +
      'into itself); what fails is announced as EventQuarantined.',
    license: { name: 'MIT' },
  },
  defaultContentType: 'application/json',
  channels: {
    bus: {
      // The name of the bus belongs to a deployment.
      address: null,
      title: 'Event bus',
      description: 'The EventBridge bus that lead events are put on and changes are announced on.',
      messages: byType(({ detailType }) => ({ $ref: `#/components/messages/${detailType}` })),
    },
  },
  operations: {
    receiveLeadEvents: {
      action: 'receive',
      summary: 'Events about leads from marketing, the CRM and sales.',
      channel: { $ref: '#/channels/bus' },
      messages: messageRefs('inbound'),
    },
    sendChanges: {
      action: 'send',
      summary: 'Changes of a lead, and the actions that follow from them.',
      channel: { $ref: '#/channels/bus' },
      messages: messageRefs('outbound'),
    },
  },
  components: { messages: byType(message) },
});

const show = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** Returns the text of every contract file by its path from the root of the project. */
export const renderContracts = (): Map<string, string> =>
  new Map([
    ...contracts.map(
      (contract) =>
        [`${schemaFolder}/${contract.detailType}.json`, show(detailSchema(contract))] as [string, string],
    ),
    [`${schemaFolder}/asyncapi.json`, show(asyncApi())],
    [`${schemaFolder}/openapi.json`, show(openApi())],
    [modelSchemaFile, show(modelSchema())],
  ]);

export interface Deviation {
  readonly path: string;
  readonly state: 'missing' | 'stale' | 'surplus';
}

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const listFiles = async (root: string): Promise<string[]> => {
  try {
    return (await readdir(join(root, schemaFolder))).map((file) => `${schemaFolder}/${file}`).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** Finds the differences between the files under `root` and the contracts; there are none if the files are current. */
export const findDeviations = async (
  root: string,
  rendered: ReadonlyMap<string, string>,
): Promise<Deviation[]> => {
  const deviations: Deviation[] = [];
  for (const [path, text] of rendered) {
    const found = await readIfThere(join(root, path));
    if (found === undefined) deviations.push({ path, state: 'missing' });
    else if (found !== text) deviations.push({ path, state: 'stale' });
  }
  for (const path of await listFiles(root)) {
    if (!rendered.has(path)) deviations.push({ path, state: 'surplus' });
  }
  return deviations;
};

/** Brings the files under `root` up to date, and removes those of types that no longer exist. */
export const writeContracts = async (
  root: string,
  rendered: ReadonlyMap<string, string>,
): Promise<Deviation[]> => {
  const deviations = await findDeviations(root, rendered);
  for (const { path, state } of deviations) {
    const file = join(root, path);
    if (state === 'surplus') await rm(file, { recursive: true });
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, rendered.get(path) ?? '');
    }
  }
  return deviations;
};

const main = async (args: readonly string[]): Promise<number> => {
  const root = join(import.meta.dirname, '..');
  const unknown = args.filter((arg) => arg !== '--check');
  if (unknown.length > 0) {
    console.error(`given ${unknown.join(' ')}; allowed: --check`);
    return 2;
  }
  const rendered = renderContracts();
  if (!args.includes('--check')) {
    const written = await writeContracts(root, rendered);
    console.log(`${rendered.size} contract files, ${written.length} changed`);
    return 0;
  }
  const deviations = await findDeviations(root, rendered);
  for (const { path, state } of deviations) console.error(`${state}: ${path}`);
  if (deviations.length > 0) console.error('Run `npm run contracts` and commit what it writes.');
  return deviations.length > 0 ? 1 : 0;
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
