import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExplain } from '../../../cli/commands/explain.ts';
import { addRescore } from '../../../cli/commands/rescore.ts';
import { type Connection, connect } from '../../../cli/stack/connect.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { readStates } from '../../../cli/table/read-table.ts';
import type { DeliveredEvent } from '../../../infra/local/put-events.ts';
import { evaluate, parseModel, type ScoringModel } from '../../../shared/scoring/index.ts';
import { buildEntry } from '../../support/events.ts';
import { runCommand } from '../../support/run-command.ts';

const shipped = readFileSync('models/success-ready.json', 'utf8');

/** Returns the shipped model as another version, with other bounds. */
const buildModelVersion = (version: string, bounds: object): ScoringModel => {
  const document = JSON.parse(shipped);
  return parseModel(
    JSON.stringify({ ...document, version, tiers: { ...document.tiers, ...bounds } }),
    `version ${version}`,
  );
};
const old = buildModelVersion('10', {});
/** A model with bounds that no lead reaches. */
const changed = buildModelVersion('11', { good: 90, excellent: 99 });

let folder: string;
let running: RunningStack | undefined;
let connection: Connection;
let announced: DeliveredEvent[] = [];

const start = async (model: ScoringModel): Promise<RunningStack> => {
  announced = [];
  running = await runStack({
    model,
    dataFolder: folder,
    onSynthesis: () => {},
    onEvent: (event) => announced.push(event),
  });
  connection = await connect({ endpoint: running.stack.endpoint });
  return running;
};
const stop = async () => {
  connection?.disconnect();
  await running?.close();
  running = undefined;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-rescore-'));
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const send = async (...entries: ReturnType<typeof buildEntry>[]) => {
  const { stack } = running as RunningStack;
  const put = entries.map(({ source, 'detail-type': DetailType, detail }) => ({
    EventBusName: stack.bus,
    Source: source,
    DetailType,
    Detail: JSON.stringify(detail),
  }));
  expect(stack.putEvents(put).FailedEntryCount).toBe(0);
  await stack.idle();
};
const rescore = (...args: string[]) =>
  runCommand(addRescore, 'rescore', ...args, '--endpoint', (running as RunningStack).stack.endpoint);
const explained = (...args: string[]) =>
  runCommand(addExplain, 'explain', ...args, '--endpoint', (running as RunningStack).stack.endpoint);
const states = () => Array.fromAsync(readStates(connection.dynamodb, connection.leadsTable));
const tierChanges = () => announced.filter((event) => event['detail-type'] === 'LeadTierChanged');

const keen = (leadId: string) => [
  buildEntry({
    type: 'LeadProfileUpdated',
    data: {
      leadId,
      attributes: {
        seniority: 'executive',
        industry: 'software',
        employees: 60,
        department: 'operations',
        emailType: 'business',
      },
    },
    id: 'profile',
  }),
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity: 'demo_requested' }, id: 'demo' }),
  buildEntry({
    type: 'LeadActivityRecorded',
    data: { leadId, activity: 'pricing_page_visited' },
    id: 'price',
  }),
];
const leads = ['keen-1', 'keen-2', 'keen-3'];

describe('sluice rescore (I11)', () => {
  it('has every lead judged by the new model, and each change of tier announced once', async () => {
    await start(old);
    await send(...leads.flatMap(keen));
    expect((await states()).map(({ tier }) => tier)).toEqual(leads.map(() => 'good'));
    await stop();

    await start(changed);
    expect((await rescore(changed.version)).stderr).toContain('no lead has been judged by');
    await send(buildEntry({ type: 'LeadStageChanged', data: { leadId: 'new', stage: 'lead' }, id: 'new' }));
    expect((await rescore(changed.version, '--dry-run')).stdout).toContain('3 leads');
    const before = await states();
    announced = [];
    const done = await rescore(changed.version);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('3 requests sent') });
    await running?.stack.idle();

    const after = await states();
    for (const { leadId, facts, stage, score, modelVersion } of after) {
      expect(modelVersion).toBe(changed.version);
      expect(score).toBe(evaluate(changed, facts, stage, facts.seen).score);
      expect(facts).toEqual(before.find((lead) => lead.leadId === leadId)?.facts);
    }
    const changes = tierChanges().map(({ detail }) => (detail as { data: { leadId: string } }).data.leadId);
    expect(changes.toSorted()).toEqual(leads);

    expect(await rescore(changed.version)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 requests sent'),
    });
    expect(tierChanges()).toHaveLength(3);
  });

  it('leaves leads that are explained by the stored model, though it is in no file', async () => {
    const done = await explained('keen-1', '--json');
    expect(JSON.parse(done.stdout)).toMatchObject({ leadId: 'keen-1', modelVersion: changed.version });
  });
});

describe('a lead whose state was lost', () => {
  it('is reported as such, with the command that fixes it', async () => {
    const Key = { pk: { S: 'LEAD#keen-2' }, sk: { S: 'STATE' } };
    await connection.dynamodb.send(new DeleteItemCommand({ TableName: connection.leadsTable, Key }));
    const { code, stderr } = await explained('keen-2');
    expect(code).toBe(1);
    expect(stderr).toContain('lead keen-2 has a ledger, but its state is lost: `sluice rebuild` restores it');
    expect((await explained('keen-4')).stderr).toContain('there is no lead keen-4');
  });
});
