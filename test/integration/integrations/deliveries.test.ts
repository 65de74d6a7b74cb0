import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { triesDeliveries } from '../../../cli/clock/local-schedules.ts';
import { ensureAssembly, shippedSources } from '../../../cli/stack/assembly.ts';
import { ensureLocalSecrets } from '../../../cli/start/integrations.ts';
import { minuteMs } from '../../../events/index.ts';
import { StackClock } from '../../../infra/local/clock/stack-clock.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { createDynamoDbDeliveries, type Deliveries } from '../../../shared/deliveries/index.ts';
import { createSecrets } from '../../../shared/secrets/index.ts';
import { readSubscriptions } from '../../../shared/subscription-documents/index.ts';
import { writeDocumentedSubscriptions } from '../../support/documented-subscriptions.ts';
import { buildEntry } from '../../support/events.ts';
import { type Behaviour, type Delivered, Receiver, works } from './receiver.ts';

const names = ['steady', 'down', 'slow', 'gone', 'limited', 'garbled', 'moved'] as const;
type Name = (typeof names)[number];

const begin = Date.parse('2026-03-01T09:00:00.000Z');
const clock = new StackClock(begin);
const receivers = Object.fromEntries(names.map((name) => [name, new Receiver()])) as Record<Name, Receiver>;
/** The address to which `moved` redirects. Nothing may arrive there. */
const elsewhere = new Receiver();

let folder: string;
let stack: LocalStack;
let client: DynamoDBClient;
let deliveries: Deliveries;
let secretOf: (name: Name) => Promise<string>;

/** Writes a document for each receiver, as somebody does who starts a stack with `--deliveries`. */
const writeDocuments = (): void => {
  for (const name of names) {
    const document = {
      name,
      owner: 'Whoever tests it',
      events: ['LeadStageTransitioned', 'LeadTierChanged'],
      attributes: ['name'],
      target: { kind: 'webhook', url: receivers[name].url },
    };
    writeFileSync(join(folder, 'documents', `${name}.json`), JSON.stringify(document));
  }
};

const begun: Partial<Record<Name, Behaviour>> = {
  slow: { kind: 'silence' },
  gone: { kind: 'status', status: 410 },
  limited: { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
  garbled: { kind: 'garbage' },
};

const send = (leadId: string, i: number): void => {
  const at = new Date(clock.now()).toISOString();
  const profile = { name: `Lead ${i}`, seniority: 'executive', industry: 'software', employees: 240 };
  stack.putEvents(
    [
      buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes: profile }, at, id: `p-${i}` }),
      buildEntry({
        type: 'LeadActivityRecorded',
        data: { leadId, activity: 'demo_requested' },
        at,
        id: `a-${i}`,
      }),
    ].map((event) => ({
      EventBusName: stack.bus,
      Source: event.source,
      DetailType: event['detail-type'],
      Detail: JSON.stringify(event.detail),
    })),
  );
};

const tryAgain = async (): Promise<void> => {
  await stack.schedules.runOnce(triesDeliveries);
  await stack.idle();
};

/** Lets time pass, with a try of deliveries at the end of each step, as the schedule does every minute. */
const pass = async (minutes: number, step = 5): Promise<void> => {
  for (let passed = 0; passed < minutes; passed += step) {
    clock.moveTo(clock.now() + step * minuteMs);
    await tryAgain();
  }
};

const statesOf = async (name: Name, leadId: string) =>
  (await deliveries.readLead(name, leadId)).map(({ state }) => state);

/** Verifies a webhook by the library of the specification, at the instant of the stack's clock. */
const verify = (secret: string, { headers, body }: Delivered): unknown => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(Number(headers['webhook-timestamp']) * 1_000);
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>);
  } finally {
    now.mockRestore();
  }
};

/** Returns the positions of the webhooks about a lead, in the order in which they came. */
const positionsOf = (receiver: Receiver, leadId: string): number[] =>
  receiver.requests
    .map(({ body }) => JSON.parse(body).data)
    .filter((data) => data.leadId === leadId)
    .map(({ version, ordinal }) => version * 100 + ordinal);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-deliveries-'));
  for (const receiver of [...Object.values(receivers), elsewhere]) await receiver.listen();
  begun.moved = { kind: 'status', status: 302, headers: { location: elsewhere.url } };
  for (const name of names) receivers[name].behaviour = begun[name] ?? works;
  await receivers.down.goDown();
  // The app is that of the pages, so that it is synthesized once; its functions read the documents with the real ports.
  writeDocumentedSubscriptions(join(folder, 'shown'));
  writeDocumentedSubscriptions(join(folder, 'documents'));
  for (const shown of ['here', 'sales-crm', 'sales-slack', 'hubspot', 'crm-webhook'])
    rmSync(join(folder, 'documents', `${shown}.json`));
  writeDocuments();
  const file = join(folder, 'subscriptions.json');
  const documents = join(folder, 'documents');
  writeFileSync(file, JSON.stringify(readSubscriptions(documents, { allowLoopback: true })));
  stack = await startLocalStack({
    assembly: await ensureAssembly(() => {}, { sources: shippedSources, deliveries: join(folder, 'shown') }),
    environment: { SUBSCRIPTIONS_FILE: file },
    clock,
    batchWindowMs: 0,
    retryDelayMs: 1_000,
    longestDelayMs: 0,
  });
  await ensureLocalSecrets(stack, { deliveries: documents });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const config = { endpoint: stack.endpoint, region: 'us-east-1', credentials };
  client = new DynamoDBClient(config);
  deliveries = createDynamoDbDeliveries({ client, table: stack.outputs.DeliveriesTableName ?? '' });
  const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const secrets = createSecrets({
    client: new SecretsManagerClient(config),
    secretId: stack.outputs.TargetSecretsArn ?? '',
    now: Date.now,
  });
  secretOf = async (name) => (await secrets.read(name))[0] ?? '';
  for (const [i, leadId] of ['l-1', 'l-2', 'l-3'].entries()) send(leadId, i);
  await stack.idle();
}, 240_000);

afterAll(async () => {
  client?.destroy();
  await stack?.close();
  for (const receiver of [...Object.values(receivers), elsewhere]) await receiver.goDown();
  rmSync(folder, { recursive: true, force: true });
});

/** The rules follow each other: time passes once for all targets. */
describe('deliveries of a stack on this machine', { timeout: 120_000 }, () => {
  it('arrive signed and in order at a target that works', async () => {
    const { requests } = receivers.steady;
    const secret = await secretOf('steady');
    expect(requests.length).toBeGreaterThanOrEqual(6);
    for (const request of requests)
      expect(verify(secret, request)).toMatchObject({ data: expect.anything() });
    for (const leadId of ['l-1', 'l-2', 'l-3']) {
      const positions = positionsOf(receivers.steady, leadId);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(new Set(await statesOf('steady', leadId))).toEqual(new Set(['delivered']));
    }
    expect(JSON.parse(requests[0]?.body ?? '').data.attributes).toEqual({
      name: expect.stringMatching(/^Lead /),
    });
  });

  it('are not sent to the address of a redirection', async () => {
    expect(receivers.moved.requests.length).toBeGreaterThan(0);
    expect(elsewhere.requests).toEqual([]);
    const [first] = await deliveries.readLead('moved', 'l-1');
    expect(first).toMatchObject({ state: 'waiting', attempts: [{ result: 'retry', status: 302 }] });
  });

  it('end with a pause if the target says that it is gone', async () => {
    expect((await deliveries.readState('gone')).paused).toMatchObject({ reason: 'gone' });
    const { length } = receivers.gone.requests;
    await tryAgain();
    expect(receivers.gone.requests).toHaveLength(length);
  });

  it('wait as long as the target asks for, and such an attempt does not count', async () => {
    const { length } = receivers.limited.requests;
    receivers.limited.behaviour = works;
    clock.moveTo(begin + minuteMs);
    await tryAgain();
    expect(receivers.limited.requests).toHaveLength(length);
    for (const { tries } of await deliveries.readLead('limited', 'l-1')) expect(tries).toBe(0);
    clock.moveTo(begin + 3 * minuteMs);
    await tryAgain();
    expect(new Set(await statesOf('limited', 'l-1'))).toEqual(new Set(['delivered']));
  });

  it('are tried again after a target that was slow or spoke garbage', async () => {
    for (const name of ['slow', 'garbled', 'moved'] as const) {
      const [first] = await deliveries.readLead(name, 'l-1');
      expect(first).toMatchObject({ state: 'waiting' });
      expect(first?.attempts[0]?.result).toBe('retry');
      receivers[name].behaviour = works;
    }
  });

  it('arrive in order, each with its one id, after a target was down for an hour', async () => {
    await pass(60);
    expect(receivers.down.requests).toEqual([]);
    await receivers.down.listen();
    await pass(180, 15);
    const secret = await secretOf('down');
    for (const leadId of ['l-1', 'l-2', 'l-3']) {
      expect(new Set(await statesOf('down', leadId))).toEqual(new Set(['delivered']));
      expect(positionsOf(receivers.down, leadId)).toEqual(positionsOf(receivers.steady, leadId));
    }
    for (const request of receivers.down.requests) verify(secret, request);
    const ids = receivers.down.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const name of ['slow', 'garbled', 'moved'] as const)
      expect(new Set(await statesOf(name, 'l-1')), name).toEqual(new Set(['delivered']));
    expect(elsewhere.requests).toEqual([]);
  });
});
