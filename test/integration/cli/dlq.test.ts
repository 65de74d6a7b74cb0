import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDlq } from '../../../cli/commands/dlq.ts';
import { type Connection, connect } from '../../../cli/stack/connect.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import type { DeliveredEvent } from '../../../infra/local/put-events.ts';
import { buildEntry } from '../../support/events.ts';
import { runCommand } from '../../support/run-command.ts';
import { type CommandResult, sluice } from '../../support/sluice-command.ts';

let running: RunningStack;
let connection: Connection;
const announced: DeliveredEvent[] = [];
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {}, onEvent: (event) => announced.push(event) });
  connection = await connect({ endpoint: running.stack.endpoint });
});
afterAll(async () => {
  connection?.disconnect();
  await running?.close();
});

const onStack = () => ['--endpoint', running.stack.endpoint];
const dlq = (...args: string[]): Promise<CommandResult> => runCommand(addDlq, 'dlq', ...args, ...onStack());
const readQueueDepth = async (name: string): Promise<{ waiting: number; oldestSeenAt?: string }> => {
  const { stdout } = await dlq('list', '--json');
  const line = stdout.split('\n').find((text) => text.includes(`"${name}"`));
  return JSON.parse(line ?? '{}');
};
const stage = (leadId: string, to = 'mql') =>
  JSON.stringify({
    id: 'x',
    ...buildEntry({ type: 'LeadStageChanged', data: { leadId, stage: to }, id: leadId }),
  });
const lay = async (name: string, body: string): Promise<void> => {
  const client = await connection.sqs();
  const QueueUrl = connection.output(`${name}Url`);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
};
const countEntries = async (leadId: string): Promise<number> => {
  const { Count } = await connection.dynamodb.send(
    new ScanCommand({
      TableName: connection.leadsTable,
      FilterExpression: 'pk = :pk AND begins_with(sk, :entry)',
      ExpressionAttributeValues: { ':pk': { S: `LEAD#${leadId}` }, ':entry': { S: 'EVENT#' } },
    }),
  );
  return Count ?? 0;
};
/** Returns the announcements about a lead by type and id, one for each time that they were on the bus. */
const listAnnouncements = (leadId: string): string[] =>
  announced
    .filter(({ source, detail }) => source === 'sluice' && JSON.stringify(detail).includes(`"${leadId}"`))
    .map(({ detail, 'detail-type': type }) => {
      const { metadata } = detail as { metadata: { eventId: string } };
      return `${type} ${metadata.eventId}`;
    });

describe('sluice dlq', () => {
  it('lists what a function gave up and redrives it, recorded once however often it is redriven', async () => {
    for (let i = 0; i < 2; i++) {
      await lay('ScoreLeadsDeadLetters', stage('dead'));
      expect(await readQueueDepth('ScoreLeadsDeadLetters')).toMatchObject({
        waiting: 1,
        oldestSeenAt: expect.any(String),
      });
      const done = await sluice('dlq', 'redrive', 'ScoreLeadsDeadLetters', '--actor', 'ann', ...onStack());
      expect(done).toMatchObject({
        code: 0,
        stdout: 'ScoreLeadsDeadLetters: 1 message sent to ScoreLeadsQueue, nothing left.\n',
      });
      expect(JSON.parse(done.stderr)).toMatchObject({ message: 'redriven', actor: 'ann', moved: 1, left: 0 });
      await running.stack.idle();
      expect(await countEntries('dead')).toBe(1);
    }
    expect(await readQueueDepth('ScoreLeadsDeadLetters')).toMatchObject({ waiting: 0 });
  });

  it('sends what a rule could not deliver to the queue of the rule, no more than the limit', async () => {
    for (const leadId of ['u-1', 'u-2', 'u-3']) await lay('ScoreLeadsUndeliverable', stage(leadId));
    const dry = await dlq('redrive', 'ScoreLeadsUndeliverable', '--dry-run', '--limit', '2');
    expect(dry.stdout).toBe('ScoreLeadsUndeliverable: 2 of 3 messages would be sent to ScoreLeadsQueue.\n');
    const some = await dlq('redrive', 'ScoreLeadsUndeliverable', '--limit', '2');
    expect(some).toMatchObject({ code: 1, stdout: expect.stringContaining('2 messages sent') });
    expect(some.stderr).toContain('sluice: 1 dead letters or failed records are left');
    expect(await dlq('redrive', '--all')).toMatchObject({ code: 0 });
    await running.stack.idle();
    const counts = await Promise.all(['u-1', 'u-2', 'u-3'].map(countEntries));
    expect(counts).toEqual([1, 1, 1]);
  });

  it('reports how many messages come back, and that some are left', async () => {
    const broken = { pk: { S: 'LEAD#broken' }, sk: { S: 'STATE' } };
    await connection.dynamodb.send(new PutItemCommand({ TableName: connection.leadsTable, Item: broken }));
    await lay('ScoreLeadsDeadLetters', stage('broken'));
    const { code, stdout } = await dlq('redrive', 'ScoreLeadsDeadLetters', '--wait', '60');
    expect([code, stdout]).toEqual([
      1,
      'ScoreLeadsDeadLetters: 1 message sent to ScoreLeadsQueue, 1 came back, 1 left.\n',
    ]);
    expect(running.stack.messages('ScoreLeads/Events/DeadLetters')).toHaveLength(1);
  });

  it("publishes failed records again under the same ids, and leaves what it can't publish", async () => {
    await lay('ScoreLeadsQueue', stage('aside'));
    await running.stack.idle();
    const before = listAnnouncements('aside');
    expect(before.length).toBeGreaterThan(0);
    const { Items = [] } = await connection.dynamodb.send(
      new ScanCommand({ TableName: connection.leadsTable }),
    );
    const entry = Items.find(({ pk, sk }) => pk?.S === 'LEAD#aside' && sk?.S?.startsWith('EVENT#'));
    const Records = [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: entry } }];
    const s3 = await connection.s3();
    const put = (Key: string, Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: connection.output('FailedRecordsBucketName'), Key, Body }));
    await put(
      'aws/lambda/m/s/2026/03/01/a',
      JSON.stringify({ version: '1.0', payload: JSON.stringify({ Records }) }),
    );
    await put('aws/lambda/m/s/2026/03/01/b', 'no records');
    expect(await readQueueDepth('FailedRecords')).toMatchObject({ waiting: 2 });

    const done = await dlq('redrive', 'FailedRecords');
    expect([done.code, done.stdout]).toEqual([1, 'FailedRecords: 1 object published, 1 failed, 1 left.\n']);
    expect(done.stderr).toContain('/b is left: it contains no stream records');
    await running.stack.idle();
    const after = listAnnouncements('aside');
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after)).toEqual(new Set(before));
    expect(running.stack.objects('FailedRecords').map(({ key }) => key)).toEqual([
      'aws/lambda/m/s/2026/03/01/b',
    ]);
  });

  it('reports what is wrong with names', async () => {
    expect(await dlq('redrive')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('given no names'),
    });
    expect(await dlq('redrive', 'Nobody')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/given "Nobody"; allowed: .*ScoreLeadsDeadLetters.*FailedRecords/),
    });
    expect(await dlq('redrive', 'FailedRecords', '--all')).toMatchObject({ code: 2 });
  });
});
