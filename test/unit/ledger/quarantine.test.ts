import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { outboundContracts, parseInbound, type Rejection } from '../../../events/index.ts';
import { quarantineAnnouncements } from '../../../functions/publish-changes/quarantine-announcements.ts';
import { createDynamoDbQuarantine, type Item, readableOf } from '../../../shared/ledger/index.ts';
import { entryOf, now } from '../../support/events.ts';

const dynamoDb = mockClient(DynamoDBClient);
const quarantine = createDynamoDbQuarantine(new DynamoDBClient({ region: 'eu-central-1' }), 'quarantine');
const rejection: Rejection = {
  code: 'malformed',
  problems: [{ path: 'detail.data.stage', given: '"prospect"', allowed: 'subscriber, lead' }],
};
const rejected = (body: string, because: Rejection = rejection) => ({
  body,
  rejection: because,
  origin: 'bus',
  receivedAt: '2026-03-01T09:00:00.000Z',
});

const parts = () => dynamoDb.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input);
const head = () => {
  const [call] = dynamoDb.commandCalls(UpdateItemCommand);
  if (call === undefined) throw new Error('no head was written');
  return call.args[0].input;
};

/** The head as it is stored after its first write. */
const headItem = (): Item => {
  const { Key, ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = head();
  const values = Object.entries(ExpressionAttributeNames).map(([placeholder, name]) => [
    name,
    ExpressionAttributeValues[placeholder.replace('#', ':')],
  ]);
  return { ...Key, ...Object.fromEntries(values), times: { N: '1' } };
};

beforeEach(() => {
  dynamoDb.reset();
});

describe('the quarantine', () => {
  it('keeps an event whole, with its reason and what can be read of it', async () => {
    const body = JSON.stringify(entryOf({ type: 'LeadStageChanged', data: { stage: 'prospect' } }));
    await quarantine.keep(rejected(body));
    expect(parts().map(({ Item }) => Buffer.from(Item?.body?.B ?? []).toString())).toEqual([body]);
    expect(headItem()).toMatchObject({
      pk: { S: expect.stringMatching(/^[0-9a-f]{32}$/) },
      sk: { S: 'META' },
      code: { S: 'malformed' },
      reasons: { S: '["detail.data.stage: given \\"prospect\\"; allowed: subscriber, lead"]' },
      leadId: { S: 'l-1' },
      rejectedEventId: { S: 'e-1' },
      rejectedType: { S: 'LeadStageChanged' },
      rejectedSource: { S: 'test.producer' },
      bytes: { N: String(Buffer.byteLength(body)) },
      parts: { N: '1' },
    });
  });

  it('cuts a body of a megabyte into items that DynamoDB takes, which joined are the body again', async () => {
    const body = `${'é🙂'.repeat(180_000)}!`;
    expect(Buffer.byteLength(body)).toBeGreaterThan(1_048_576);
    await quarantine.keep(rejected(body));
    const bytes = parts().map(({ Item }) => Buffer.from(Item?.body?.B ?? []));
    expect(bytes.every(({ length }) => length <= 300 * 1024)).toBe(true);
    expect(Buffer.concat(bytes).toString() === body).toBe(true);
    expect(parts().map(({ Item }) => Item?.sk?.S)).toEqual([
      'PART#0000',
      'PART#0001',
      'PART#0002',
      'PART#0003',
    ]);
    expect(headItem()).toMatchObject({ parts: { N: '4' }, bytes: { N: String(Buffer.byteLength(body)) } });
  });

  it('writes the parts before the head, so that whoever finds the head finds the whole', async () => {
    dynamoDb.on(PutItemCommand).rejects(new Error('no network'));
    await expect(quarantine.keep(rejected('{}'))).rejects.toThrow('no network');
    expect(dynamoDb.commandCalls(UpdateItemCommand)).toEqual([]);
  });

  it('raises the count of the same text, and keeps when and why it came first', async () => {
    await quarantine.keep(rejected('{}'));
    await quarantine.keep({ ...rejected('{}'), receivedAt: '2026-03-02T09:00:00.000Z' });
    const [first, second] = dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input);
    expect(second?.Key).toEqual(first?.Key);
    const { UpdateExpression = '' } = head();
    expect(UpdateExpression).toContain('ADD #times :one');
    expect(UpdateExpression).toContain('#receivedAt = if_not_exists(#receivedAt, :receivedAt)');
    expect(UpdateExpression).toContain('#code = if_not_exists(#code, :code)');
    expect(UpdateExpression).toContain('#last = :last');
  });

  it('I8: knows an event again that comes out of an archive, or is sent again, in another envelope', async () => {
    const entry = entryOf({ type: 'LeadStageChanged', data: { stage: 'prospect' } });
    const envelopes = [
      { id: 'first', account: '1', ...entry },
      { ...entry, id: 'second', 'replay-name': 'monday' },
      { id: 'other', ...entry, detail: { ...entry.detail, data: { stage: 'suspect' } } },
    ];
    for (const envelope of envelopes) await quarantine.keep(rejected(JSON.stringify(envelope)));
    const ids = dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input.Key?.pk?.S);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('keeps another text apart', async () => {
    await quarantine.keep(rejected('{}'));
    await quarantine.keep(rejected('{} '));
    const keys = dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input.Key?.pk?.S);
    expect(new Set(keys).size).toBe(2);
  });

  it('keeps an empty text', async () => {
    await quarantine.keep(rejected(''));
    expect(headItem()).toMatchObject({ bytes: { N: '0' } });
  });
});

describe('what can be read of a rejected event', () => {
  it.each([
    ['text that is not JSON', 'hello'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[1]'],
    ['a detail of null', '{"detail":null}'],
    ['metadata of null', '{"detail":{"metadata":null,"data":null}}'],
    ['fields of other types', '{"source":1,"detail-type":[],"detail":{"data":{"leadId":{}}}}'],
    ['empty fields', '{"source":"","detail":{"data":{"leadId":""}}}'],
  ])('is nothing of %s', (_what, body) => expect(readableOf(body)).toEqual({}));

  it('is cut to what its announcement takes', () => {
    const long = 'x'.repeat(1_000);
    expect(readableOf(JSON.stringify({ source: long, 'detail-type': long }))).toEqual({
      rejectedSource: 'x'.repeat(256),
      rejectedType: 'x'.repeat(128),
    });
  });

  it('is Unicode that can be stored, also where it was not or is cut in the middle of a pair', () => {
    const readable = readableOf(
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
        entryOf({
          type: 'LeadProfileUpdated',
          data: { attributes: { '\ud800': 1 }, '\udbff': '\udc00'.repeat(90) },
        }),
      ),
    ],
    [
      'a hundred problems, each long',
      JSON.stringify(
        entryOf({
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

  it.each(hostile)('keeps its contract with %s', async (_what, body) => {
    const parsed = parseInbound(JSON.parse(body), now);
    if (parsed.ok) throw new Error('the test has to give an event that is rejected');
    await quarantine.keep(rejected(body, parsed.rejection));
    const [announcement] = quarantineAnnouncements(headItem());
    const checked = outboundContracts.EventQuarantined.detail.safeParse(announcement?.detail);
    expect(checked.error?.issues ?? []).toEqual([]);
  });
});
