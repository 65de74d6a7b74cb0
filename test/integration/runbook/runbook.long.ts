import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureAssembly } from '../../../cli/stack/assembly.ts';
import { type Connection, connect } from '../../../cli/stack/connect.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { readStates } from '../../../cli/table/read-table.ts';
import type { DeliveredEvent } from '../../../infra/local/put-events.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { rescoringKey } from '../../../shared/keys/index.ts';
import { hashReference } from '../../../shared/lambda/index.ts';
import { createModelRegistry } from '../../../shared/model-store/index.ts';
import type { ModelDocument } from '../../../shared/scoring/index.ts';
import { buildEntry } from '../../support/events.ts';
import { sluice } from '../../support/sluice-command.ts';
import { follow, followedBlocks, triedBlocks } from './follow.ts';

// Each command is a process of its own, and retries take their time.
vi.setConfig({ testTimeout: 240_000 });

/** A line that a function wrote. */
interface Line {
  readonly service: string;
  readonly level?: string;
  readonly message?: string;
  readonly errorCode?: string;
  readonly correlationId?: string;
  readonly correlationIds?: readonly string[];
  readonly CanariesReturned?: number;
  readonly [field: string]: unknown;
}

const folder = mkdtempSync(join(tmpdir(), 'sluice-runbook-'));
const announced: DeliveredEvent[] = [];
let lines: Line[] = [];
let running: RunningStack;
let connection: Connection;
beforeAll(async () => {
  running = await runStack({
    onSynthesis: () => {},
    onEvent: (event) => announced.push(event),
    onLog: (_name, line) => {
      if (line.startsWith('{')) lines.push(JSON.parse(line));
    },
  });
  connection = await connect({ endpoint: running.stack.endpoint });
});
afterAll(async () => {
  connection?.disconnect();
  await running?.close();
  rmSync(folder, { recursive: true });
});

const endpoint = (): string => running.stack.endpoint;
const listCodes = (results: readonly { readonly code: number }[]): number[] =>
  results.map(({ code }) => code);

let sent = 0;
const stage = (leadId: string, to: string, at = '2026-03-01T09:00:00.000Z') =>
  buildEntry({ type: 'LeadStageChanged', data: { leadId, stage: to }, id: `r-${++sent}`, at });
const offer = (stack: LocalStack, entries: readonly ReturnType<typeof buildEntry>[]): void => {
  for (let i = 0; i < entries.length; i += 10)
    stack.putEvents(
      entries.slice(i, i + 10).map(({ source, 'detail-type': type, time, detail }) => ({
        Source: source,
        DetailType: type,
        Time: Date.parse(time) / 1_000,
        Detail: JSON.stringify(detail),
        EventBusName: stack.bus,
      })),
    );
};
const put = async (...entries: ReturnType<typeof buildEntry>[]): Promise<void> => {
  offer(running.stack, entries);
  await running.stack.idle();
};
const countEntries = async (leadId: string): Promise<number> => {
  const { Count = 0 } = await connection.dynamodb.send(
    new ScanCommand({
      TableName: connection.leadsTable,
      FilterExpression: 'pk = :pk AND begins_with(sk, :entry)',
      ExpressionAttributeValues: { ':pk': { S: `LEAD#${leadId}` }, ':entry': { S: 'EVENT#' } },
    }),
  );
  return Count;
};
const about = (id: string): Line[] =>
  lines.filter(({ correlationId, correlationIds = [] }) =>
    [correlationId, ...correlationIds].includes(hashReference(id)),
  );

describe('everything about one correlation', () => {
  it('is found in the lines of every function on its way, by the reference of its correlation id', async () => {
    lines = [];
    const entry = buildEntry({
      type: 'LeadActivityRecorded',
      data: { leadId: 'traced', activity: 'demo_requested', count: 5 },
      id: 'r-traced',
    });
    const metadata = { ...entry.detail.metadata, correlationId: 'signup-4711' };
    const correlated = { ...entry, detail: { ...entry.detail, metadata } };
    const other = stage('other', 'mql');
    await put(correlated, stage('traced', 'opportunity', '2026-03-02T09:00:00.000Z'), other);
    const way = about('signup-4711').map(({ service, message }) => `${service}: ${message}`);
    expect(new Set(way)).toEqual(
      new Set([
        'score-leads: batch scored',
        'publish-changes: changes announced',
        'start-nurture: records processed',
        'hand-off: records processed',
        'count-funnel: records processed',
      ]),
    );
    const named = lines.filter(({ level }) => level !== undefined);
    expect(named.filter(({ correlationId, correlationIds }) => !correlationId && !correlationIds)).toEqual(
      [],
    );

    const [shown, quarantined] = await follow('correlation', endpoint(), { LEAD: 'traced' });
    expect(shown?.stdout).toContain('correlation signup-4711');
    expect(quarantined?.code).toBe(0);
  });
});

describe('the quarantine', () => {
  it('is looked at and corrected as the runbook says, after a producer sent what is no stage', async () => {
    await put(stage('poisoned', 'prospect'));
    const { stdout } = await sluice(
      'quarantine',
      'list',
      '--json',
      '--lead',
      'poisoned',
      '--endpoint',
      endpoint(),
    );
    const { id: ID } = JSON.parse(stdout);
    const [list, show] = await follow('quarantine', endpoint(), { ID });
    expect(list?.stdout).toContain('poisoned');
    expect(show?.stdout).toContain('given "prospect"; allowed: subscriber, lead, mql');

    const file = join(folder, 'event.json');
    await follow('quarantine-save', endpoint(), { ID, 'event.json': file });
    writeFileSync(file, readFileSync(file, 'utf8').replace('prospect', 'mql'));
    const [replayed, after] = await follow('quarantine-fix', endpoint(), { ID, 'event.json': file });
    expect(replayed).toMatchObject({ code: 0 });
    expect(after?.stdout).not.toContain('poisoned');
    await running.stack.idle();
    expect(await countEntries('poisoned')).toBe(1);
  });
});

describe('dead letters', () => {
  it('are found with their reason, and sent on once the cause is fixed', async () => {
    await put(stage('torn', 'lead'));
    const Key = { pk: { S: 'LEAD#torn' }, sk: { S: 'STATE' } };
    const UpdateExpression = 'REMOVE score';
    await connection.dynamodb.send(
      new UpdateItemCommand({ TableName: connection.leadsTable, Key, UpdateExpression }),
    );
    lines = [];
    const next = stage('torn', 'mql', '2026-03-03T09:00:00.000Z');
    await put(next);
    await expect
      .poll(() => running.stack.messages('ScoreLeads/Events/DeadLetters').length, {
        timeout: 180_000,
        interval: 200,
      })
      .toBe(1);
    const [listed] = await follow('dead-letters', endpoint());
    expect(listed?.stdout).toMatch(/ScoreLeadsDeadLetters +1/);
    const failures = about(next.detail.metadata.eventId).filter(({ level }) => level === 'ERROR');
    expect(failures.length).toBeGreaterThanOrEqual(5);
    expect(new Set(failures.map(({ errorCode }) => errorCode))).toEqual(new Set(['UNREADABLE_ITEM']));

    const rebuilt = await sluice('rebuild', '--endpoint', endpoint());
    expect([rebuilt.code, rebuilt.stdout]).toEqual([0, expect.stringContaining('1 repaired, 0 refused')]);
    const redriven = await follow('dead-letters-redrive', endpoint());
    expect(redriven[0]?.stdout).toContain('1 message sent to ScoreLeadsQueue, nothing left');
    await running.stack.idle();
    expect(await countEntries('torn')).toBe(2);
    expect(redriven[2]?.stdout).toMatch(/ScoreLeadsDeadLetters +0/);
  });

  it('of a rule are sent on to the queue that it could not reach', async () => {
    const client = await connection.sqs();
    const QueueUrl = connection.output('ScoreLeadsUndeliverableUrl');
    const MessageBody = JSON.stringify(stage('unreached', 'lead'));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const [redriven] = await follow('undeliverable', endpoint());
    expect(redriven?.code).toBe(0);
    await running.stack.idle();
    expect(await countEntries('unreached')).toBe(1);
  });
});

describe('a backlog', () => {
  it('is seen in the queue, and works itself off with nothing lost', async () => {
    const sent = 1_000;
    const flood = Array.from({ length: sent }, (_, i) => stage(`flood-${i}`, 'lead'));
    const QueueUrl = connection.output('ScoreLeadsQueueUrl');
    const client = await connection.sqs();
    offer(running.stack, flood);
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const waiting = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    expect(waiting.reduce((sum, name) => sum + Number(Attributes[name]), 0)).toBeGreaterThan(100);
    await running.stack.idle();
    const states = await Array.fromAsync(readStates(connection.dynamodb, connection.leadsTable));
    expect(states.filter(({ leadId }) => leadId.startsWith('flood-'))).toHaveLength(sent);
    expect(running.stack.messages('ScoreLeads/Events/DeadLetters')).toEqual([]);
  });
});

describe('failed records', () => {
  it('are announced once the deployment that could not reach the bus is fixed', async () => {
    const dataFolder = join(folder, 'data');
    const pace = { batchWindowMs: 50, retryDelayMs: 100, longestDelayMs: 0 };
    const broken = await startLocalStack({
      assembly: await ensureAssembly(() => {}),
      ...pace,
      dataFolder,
      environment: { BUS_NAME: 'nobody' },
    });
    try {
      offer(broken, [stage('unheard', 'mql')]);
      const failedRecords = () => broken.objects('FailedRecords').length;
      await expect.poll(failedRecords, { timeout: 120_000, interval: 200 }).toBeGreaterThan(0);
      await broken.idle();
    } finally {
      await broken.close();
    }
    const delivered: DeliveredEvent[] = [];
    const fixed = await runStack({
      dataFolder,
      onSynthesis: () => {},
      onEvent: (event) => delivered.push(event),
    });
    try {
      const [listed] = await follow('failed-records', fixed.stack.endpoint);
      expect(listed?.stdout).toMatch(/FailedRecords +[1-9]/);
      expect(delivered.filter(({ source }) => source === 'sluice')).toEqual([]);
      const redriven = await follow('failed-records-redrive', fixed.stack.endpoint);
      expect(redriven.at(-1)?.stdout).toContain('nothing left');
      await fixed.stack.idle();
      expect(JSON.stringify(delivered)).toContain('"unheard"');
      expect(fixed.stack.objects('FailedRecords')).toEqual([]);
    } finally {
      await fixed.close();
    }
  });
});

describe('the canary', () => {
  const send = async (): Promise<void> => {
    const client = await connection.lambda();
    const FunctionName = connection.output('SendCanaryFunctionName');
    const { FunctionError } = await client.send(new InvokeCommand({ FunctionName }));
    expect(FunctionError).toBeUndefined();
    await running.stack.idle();
  };

  it('comes back, is timed, and is nobody to sales, nurture and the report', async () => {
    lines = [];
    announced.length = 0;
    await send();
    expect(
      lines.filter(({ service, CanariesReturned }) => service === 'time-canary' && CanariesReturned === 1),
    ).toHaveLength(1);
    const types = announced.filter(({ source }) => source === 'sluice').map((event) => event['detail-type']);
    expect(types).toContain('LeadStageTransitioned');
    expect(types.filter((type) => /^(Nurture|Handoff)/.test(type))).toEqual([]);
    const { stdout } = await sluice('leads', '--json', '--limit', '100000', '--endpoint', endpoint());
    expect(stdout).toContain('"traced"');
    expect(stdout).not.toContain('sluice.canary');

    const [shown] = await follow('canary', endpoint(), { DAY: new Date().toISOString().slice(0, 10) });
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('sluice.canary') });
  });
});

describe('anchors that were missed', () => {
  it('are written by hand, and changes can be listed meanwhile', async () => {
    expect(listCodes(await follow('anchors', endpoint()))).toEqual([0]);
    expect(running.stack.objects('Anchors').length).toBeGreaterThan(0);
    const [listed] = await follow('dropped', endpoint());
    expect(listed?.stdout).toContain('traced');
  });
});

describe('a funnel that was counted wrongly', () => {
  it('is recounted and shown', async () => {
    const [recounted, shown] = await follow('funnel', endpoint());
    expect(recounted).toMatchObject({ code: 0, stdout: expect.stringContaining('0 repaired') });
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('in the funnel') });
    expect(listCodes(await follow('recount', endpoint()))).toEqual([0]);
  });
});

describe('a rescoring', () => {
  it('is looked at and started again as the runbook says', async () => {
    const { dynamodb: client, leadsTable: table, now } = connection;
    const registry = createModelRegistry({ client, table, now });
    const document = JSON.parse(readFileSync('models/success-ready.json', 'utf8')) as ModelDocument;
    const author = { by: 'ana', reason: 'the runbook is tried' };
    const { modelVersion } = (await registry.publish({ ...document, version: 'tried' }, author)) ?? {};
    await registry.activate(modelVersion ?? '', 'none', author);
    await running.stack.idle();
    const [status] = await follow('rescoring', endpoint());
    expect(status?.stdout).toContain(`Rescoring by ${modelVersion}: running`);
    const done = { ':done': { S: 'done' } };
    const Key = { pk: { S: rescoringKey.pk }, sk: { S: rescoringKey.sk } };
    const names = { '#status': 'status' };
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key,
        UpdateExpression: 'SET #status = :done',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: done,
      }),
    );
    const [started] = await follow('rescoring-start', endpoint());
    expect(started).toMatchObject({ code: 0, stdout: expect.stringContaining('will be rescored') });
    await running.stack.idle();
  });
});

describe('the runbook', () => {
  it('says of no block that it is tried which is not', () => {
    expect(triedBlocks().filter((block) => !followedBlocks().includes(block))).toEqual([]);
  });
});
