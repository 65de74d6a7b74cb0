import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import type { BusEvent } from '../../../events/index.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { scoreLeads } from '../../../functions/score-leads/score-leads.ts';
import { sendCanary } from '../../../functions/send-canary/send-canary.ts';
import { createDynamoDbLedger } from '../../../shared/ledger/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { Session } from '../../e2e/session.ts';
import { canary } from '../../e2e/steps/canary.ts';
import type { Clients, Target } from '../../e2e/target.ts';
import { buildBatch, buildStreamEvent, type StreamImage } from '../../support/deliveries.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { successReady } from '../../support/models.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';
import { indexes } from '../../support/tables.ts';

/** Creates an account that has only the functions of the canary, and in which announcements may get lost. */
const createAccount = ({ isAnnounced }: { isAnnounced: boolean }): Clients => {
  const inbox: object[] = [];
  const written: StreamImage[] = [];
  const dynamodb = memoryClient({
    tables: { leads: indexes.leads },
    onChange: ({ after }) => after && written.push({ item: after }),
  });
  const score = scoreLeads({
    ledger: createDynamoDbLedger({ client: dynamodb, table: 'leads' }),
    quarantine: { store: async () => {}, redact: async () => {} },
    models: createFixedModels(successReady()),
    wait: async () => {},
    now: Date.now,
  });
  const runCanary = async (): Promise<object> => {
    const sent: BusEvent[] = [];
    await sendCanary({ bus: createRecordingBus(sent), now: Date.now })();
    await score(buildBatch(...sent));
    const announced: BusEvent[] = [];
    await publishChanges({ bus: createRecordingBus(announced) })(buildStreamEvent(...written));
    if (isAnnounced) inbox.push(...announced);
    return {};
  };
  const answer = async (command: object): Promise<object> => {
    if (command instanceof PutEventsCommand) inbox.push({ source: 'e2e.probe' });
    if (!(command instanceof ReceiveMessageCommand)) return {};
    return { Messages: inbox.splice(0).map((event) => ({ Body: JSON.stringify(event) })) };
  };
  const endpoints = { lambda: { send: runCanary }, bus: { send: answer }, sqs: { send: answer }, dynamodb };
  return endpoints as unknown as Clients;
};

/** Runs the step in such an account, whose queues are empty at all times. */
const step = async (account: { isAnnounced: boolean }): Promise<string> => {
  const session = new Session(
    {
      name: 'local',
      clients: createAccount(account),
      output: (name) => (name === 'LeadsTableName' ? 'leads' : name),
      queueUrls: () => ({ TimeCanaryQueueUrl: 'q' }),
      pace: { patienceMs: 200, intervalMs: 5, quietMs: 1 },
      api: {} as Target['api'],
      close: async () => {},
    },
    'r',
  );
  await session.subscribe();
  return (await canary.run(session, undefined)).saw;
};

it('lets the canary through that is announced', async () => {
  expect(await step({ isAnnounced: true })).toBe(
    'its change of stage was announced, and its queues are empty',
  );
});

it('fails where the canary is scored, and never announced', async () => {
  await expect(step({ isAnnounced: false })).rejects.toMatchObject({
    code: 'STEP_FAILED',
    message: expect.stringContaining("the announcement of the canary's stage"),
  });
});
