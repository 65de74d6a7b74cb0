import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { outboundContracts, parseInbound, type Rejection } from '../../../events/index.ts';
import { quarantineAnnouncements } from '../../../functions/publish-changes/quarantine-announcements.ts';
import {
  computeQuarantineId,
  createDynamoDbQuarantine,
  extractReadable,
} from '../../../shared/quarantine/index.ts';
import { buildEntry, now } from '../../support/events.ts';
import { createMemoryWorld } from '../../support/world.ts';

const rejection: Rejection = {
  code: 'malformed',
  problems: [{ path: 'detail.data.stage', given: '"prospect"', allowed: 'subscriber, lead' }],
};
const rejected = (body: string, because: Rejection = rejection) => ({
  body,
  rejection: because,
  origin: 'events',
  receivedAt: '2026-03-01T09:00:00.000Z',
});

describe('writing to the quarantine', () => {
  const dynamoDb = mockClient(DynamoDBClient);
  const quarantine = createDynamoDbQuarantine(new DynamoDBClient({ region: 'eu-central-1' }), 'quarantine');
  beforeEach(() => {
    dynamoDb.reset();
    dynamoDb.on(QueryCommand).resolves({ Items: [] });
  });

  it('cuts a body of a megabyte into items that DynamoDB accepts', async () => {
    await quarantine.store(rejected('é🙂'.repeat(180_000)));
    const updates = dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input);
    const parts = updates.flatMap(
      ({ ExpressionAttributeValues }) => ExpressionAttributeValues?.[':body']?.B ?? [],
    );
    expect(parts).toHaveLength(4);
    expect(parts.every((part) => part.length <= 300 * 1024)).toBe(true);
  });

  it('writes the parts before the head, so that a reader who finds the head finds all parts', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(new Error('no network'));
    await expect(quarantine.store(rejected('{}'))).rejects.toThrow('no network');
    const written = dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input.Key?.sk?.S);
    expect(written).toEqual([expect.stringMatching(/^PART#/)]);
  });

  it('fails, so that the message is retried, if others are always first', async () => {
    const failed = new ConditionalCheckFailedException({ message: 'busy', $metadata: {} });
    dynamoDb.on(UpdateItemCommand).rejects(failed);
    await expect(quarantine.store(rejected('{}'))).rejects.toMatchObject({ code: 'QUARANTINE_BUSY' });
  });
});

describe('the id of a quarantined event', () => {
  const entry = buildEntry({ type: 'LeadStageChanged', data: { stage: 'prospect' } });
  const computeId = (envelope: object): string => computeQuarantineId(JSON.stringify(envelope));

  it('I8: is the same for one from an archive, or that is sent again, in another envelope', () => {
    expect(computeId({ ...entry, id: 'second', 'replay-name': 'monday' })).toBe(
      computeId({ id: 'first', account: '1', ...entry }),
    );
  });

  it('differs for other content, and for another text that is no event', () => {
    expect(computeId({ ...entry, detail: { ...entry.detail, data: { stage: 'suspect' } } })).not.toBe(
      computeId(entry),
    );
    expect(computeQuarantineId('{}')).not.toBe(computeQuarantineId('{} '));
    expect(computeQuarantineId('')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the readable fields of a rejected event', () => {
  it.each([
    ['text that is not JSON', 'hello'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[1]'],
    ['a detail of null', '{"detail":null}'],
    ['metadata of null', '{"detail":{"metadata":null,"data":null}}'],
    ['fields of other types', '{"source":1,"detail-type":[],"detail":{"data":{"leadId":{}}}}'],
    ['empty fields', '{"source":"","detail":{"data":{"leadId":""}}}'],
  ])('are none for %s', (_what, body) => expect(extractReadable(body)).toEqual({}));

  it('are cut to what the announcement allows', () => {
    const long = 'x'.repeat(1_000);
    expect(extractReadable(JSON.stringify({ source: long, 'detail-type': long }))).toEqual({
      rejectedSource: 'x'.repeat(256),
      rejectedType: 'x'.repeat(128),
    });
  });

  it('include the correlation id, if it has the form of an id', () => {
    const withCorrelationId = (correlationId: unknown) =>
      JSON.stringify({ detail: { metadata: { correlationId } } });
    expect(extractReadable(withCorrelationId('c-1'))).toEqual({ correlationId: 'c-1' });
    for (const none of ['', 'c 1', 'x'.repeat(129), 7])
      expect(extractReadable(withCorrelationId(none))).toEqual({});
  });

  it('are well-formed Unicode, even if the given ones are not, or are cut in the middle of a pair', () => {
    const readable = extractReadable(
      JSON.stringify({
        source: '\ud800',
        'detail-type': `${'x'.repeat(127)}🙂`,
        detail: { data: { leadId: 'a\udc00' } },
      }),
    );
    expect(readable).toEqual({
      rejectedSource: '\ufffd',
      rejectedType: `${'x'.repeat(127)}\ufffd`,
      leadId: 'a\ufffd',
    });
  });
});

describe('the announcement of a quarantined event', () => {
  const hostile: readonly (readonly [what: string, body: string])[] = [
    ['half surrogate pairs', JSON.stringify({ source: '\ud800', 'detail-type': '\udc00' })],
    [
      'names that are no Unicode',
      JSON.stringify(
        buildEntry({
          type: 'LeadProfileUpdated',
          data: { attributes: { '\ud800': 1 }, '\udbff': '\udc00'.repeat(90) },
        }),
      ),
    ],
    [
      'a hundred problems, each long',
      JSON.stringify(
        buildEntry({
          type: 'LeadProfileUpdated',
          data: {
            attributes: Object.fromEntries(
              Array.from({ length: 100 }, (_, i) => [`_${'🙂'.repeat(200)}${i}`, 1]),
            ),
          },
        }),
      ),
    ],
    ['long texts', JSON.stringify({ source: 'x'.repeat(9_000), 'detail-type': '🙂'.repeat(9_000) })],
    ['nothing to read', 'null'],
  ];

  it.each(hostile)('conforms to its contract with %s', async (_what, body) => {
    const parsed = parseInbound(JSON.parse(body), now);
    if (parsed.ok) throw new Error('the test has to give an event that is rejected');
    const { quarantine, quarantined } = createMemoryWorld();
    await quarantine.store(rejected(body, parsed.rejection));
    const head = quarantined().find(({ sk }) => sk?.S === 'META');
    const [announcement] = quarantineAnnouncements(head ?? {});
    const checked = outboundContracts.EventQuarantined.detail.safeParse(announcement?.detail);
    expect(checked.error?.issues ?? []).toEqual([]);
  });
});
