import { rmSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hourMs, parseInternal } from '../../../events/index.ts';
import { startLocalStack } from '../../../infra/local/stack.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { dueIndex, handoffKey, nurtureKey, stateKey } from '../../../shared/keys/index.ts';
import { plant } from '../../support/due.ts';
import { lambda, queue, ref, type TemplateResource, writeAssembly } from './template.ts';

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: ['functions/advance-leads/handler.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return outputFiles[0]?.text ?? '';
};

const attributes = ['pk', 'sk', dueIndex.partitionKey, dueIndex.sortKey];
const schema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** The function with queues that nobody works off. */
const resources: Readonly<Record<string, TemplateResource>> = {
  Leads: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: schema('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: dueIndex.name,
          KeySchema: schema(dueIndex.partitionKey, dueIndex.sortKey),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    },
  },
  LeadQueue: queue(),
  HandoffQueue: queue(),
  NurtureQueue: queue(),
  Advance: lambda('advance', {
    Timeout: 120,
    MemorySize: 512,
    Environment: {
      Variables: {
        LEADS_TABLE: ref('Leads'),
        LEAD_QUEUE_URL: ref('LeadQueue'),
        HANDOFF_QUEUE_URL: ref('HandoffQueue'),
        NURTURE_QUEUE_URL: ref('NurtureQueue'),
      },
    },
  }),
};

const outputs = { FunctionName: { Value: ref('Advance') } };

const start = async () => {
  const lines: string[] = [];
  const assembly = writeAssembly({ App: { resources, outputs } }, { advance: await bundle() });
  onTestFinished(() => rmSync(assembly, { recursive: true }));
  const stack = await startLocalStack({ assembly, onLog: (_name, line) => lines.push(line) });
  onTestFinished(() => stack.close());
  const config = {
    endpoint: stack.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const database = new DynamoDBClient(config);
  const lambdaClient = new LambdaClient(config);
  onTestFinished(() => {
    database.destroy();
    lambdaClient.destroy();
  });
  const invoke = async () => {
    const { FunctionError, Payload } = await lambdaClient.send(
      new InvokeCommand({ FunctionName: stack.outputs.FunctionName }),
    );
    expect(FunctionError).toBeUndefined();
    return JSON.parse(Payload?.transformToString() ?? '');
  };
  const sentTo = (name: string) => stack.messages(name).map(({ body }) => parseInternal(JSON.parse(body)));
  return { database, table: String(stack.tables.Leads), invoke, sentTo, lines };
};

describe('advance-leads on a local stack', () => {
  it('puts what is due into the queue of each consumer, and names nobody in its log', async () => {
    const { database, table, invoke, sentTo, lines } = await start();
    const dueAt = new Date(Math.floor(Date.now() / hourMs) * hourMs - hourMs).toISOString();
    const lead = 'anna@private.example';
    const keys = [stateKey(lead), handoffKey(lead, 'h-1'), nurtureKey(lead)];
    for (const key of keys) await plant(database, table, key, dueAt);
    for (let i = 0; i < 25; i++) await plant(database, table, stateKey(`l-${i}`), dueAt);
    const later = new Date(Date.now() + hourMs).toISOString();
    await plant(database, table, stateKey('later'), later);
    await plant(database, table, stateKey('old'), undefined, { more: { status: S('active') } });

    expect(await invoke()).toMatchObject({ leads: 26, handoffs: 1, nurtures: 1, swept: 1 });
    const leads = sentTo('LeadQueue');
    expect(leads).toHaveLength(27);
    expect(leads).toContainEqual(
      expect.objectContaining({
        type: 'LeadClockAdvanced',
        metadata: { eventId: 'sluice.clock', occurredAt: dueAt, schemaVersion: 1 },
        data: { leadId: lead },
      }),
    );
    expect(leads.filter((event) => event?.data.leadId === 'old')).toMatchObject([{ data: { first: true } }]);
    expect(sentTo('HandoffQueue')).toMatchObject([{ data: { leadId: lead, handoffId: 'h-1', dueAt } }]);
    expect(sentTo('NurtureQueue')).toMatchObject([{ data: { leadId: lead, dueAt } }]);

    // The first sweep is over; what is due stays, since nobody has followed it.
    expect(await invoke()).toMatchObject({ leads: 26, handoffs: 1, nurtures: 1, swept: 0 });
    const printed = lines.join('\n');
    expect(printed).toContain('clock advanced');
    expect(printed).not.toMatch(/anna|private\.example|h-1/);
  });
});
