import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRescore } from '../../../cli/commands/rescore.ts';
import { type Connection, connect } from '../../../cli/stack/connect.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { readStates } from '../../../cli/table/read-table.ts';
import type { DeliveredEvent } from '../../../infra/local/put-events.ts';
import { createModelRegistry, type ModelRegistry } from '../../../shared/model-store/index.ts';
import { type ModelDocument, parseModel, type ScoringModel } from '../../../shared/scoring/index.ts';
import { buildEntry } from '../../support/events.ts';
import { runCommand } from '../../support/run-command.ts';

const shipped = readFileSync('models/success-ready.json', 'utf8');

/** Returns the shipped model as another version, with other bounds. */
const buildModelVersion = (version: string, bounds: object): ScoringModel => {
  const document = JSON.parse(shipped) as ModelDocument;
  const changed = { ...document, version, tiers: { ...document.tiers, ...bounds } };
  return parseModel(JSON.stringify(changed), `version ${version}`);
};
const first = buildModelVersion('10', {});
/** Models with bounds that no lead reaches, and that every lead reaches. */
const strict = buildModelVersion('11', { good: 90, excellent: 99 });
const mild = buildModelVersion('12', { risky: 4, good: 10, excellent: 16 });
const stricter = buildModelVersion('13', { good: 95, excellent: 99 });

let running: RunningStack;
let connection: Connection;
let registry: ModelRegistry;
const announced: DeliveredEvent[] = [];

beforeAll(async () => {
  running = await runStack({
    model: first,
    onSynthesis: () => {},
    onEvent: (event) => announced.push(event),
  });
  connection = await connect({ endpoint: running.stack.endpoint });
  const { dynamodb: client, leadsTable: table, now } = connection;
  registry = createModelRegistry({ client, table, now });
}, 300_000);
afterAll(async () => {
  connection?.disconnect();
  await running?.close();
});

const author = { by: 'ana', reason: 'a test' };
const rescore = (...args: string[]) =>
  runCommand(addRescore, 'rescore', ...args, '--endpoint', running.stack.endpoint);
const states = () => Array.fromAsync(readStates(connection.dynamodb, connection.leadsTable));
const modelsOf = async () => new Set((await states()).map(({ modelVersion }) => modelVersion));
const idle = () => running.stack.idle();
const changes = () =>
  announced
    .filter(({ source, detail }) => source === 'sluice' && 'trigger' in (detail.data as object))
    .map(
      (event): Record<string, unknown> => ({ type: event['detail-type'], ...(event.detail.data as object) }),
    );
const started = () =>
  announced.filter((event) =>
    ['HandoffRequested', 'NurtureStarted', 'NurtureStopped'].includes(event['detail-type']),
  );

/** Publishes and activates a model, and waits until nothing is on its way. */
const activate = async (model: ScoringModel, actions: 'all' | 'none'): Promise<void> => {
  await registry.publish(model.document, author);
  announced.length = 0;
  await registry.activate(model.version, actions, author);
};

const keen = (leadId: string) => [
  buildEntry({
    type: 'LeadProfileUpdated',
    data: {
      leadId,
      attributes: { seniority: 'executive', industry: 'software', employees: 60, emailType: 'business' },
    },
    id: 'profile',
  }),
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity: 'demo_requested' }, id: 'demo' }),
];

const count = 300;

describe('rescoring on a local stack', () => {
  beforeAll(async () => {
    const entries = Array.from({ length: count }, (_, i) => keen(`lead-${i}`)).flat();
    for (let at = 0; at < entries.length; at += 10)
      running.stack.putEvents(
        entries.slice(at, at + 10).map(({ source, 'detail-type': DetailType, detail }) => ({
          EventBusName: running.stack.bus,
          Source: source,
          DetailType,
          Detail: JSON.stringify(detail),
        })),
      );
    await idle();
  }, 300_000);

  it('says that there is none before another model was activated', async () => {
    expect(await modelsOf()).toEqual(new Set([first.version]));
    expect(await rescore('status')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no rescoring'),
    });
  });

  it('I11: an activation has every lead rescored, and each change of tier says that a model caused it', async () => {
    await activate(strict, 'all');
    await idle();
    expect(await modelsOf()).toEqual(new Set([strict.version]));
    const tiers = changes().filter(({ type }) => type === 'LeadTierChanged');
    expect(new Set(tiers.map(({ leadId }) => leadId)).size).toBe(count);
    expect(tiers).toHaveLength(count);
    expect(new Set(tiers.map(({ trigger }) => trigger))).toEqual(new Set(['model']));
    const { stdout } = await rescore('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      modelVersion: strict.version,
      status: 'running',
      pass: 1,
      segmentsDone: 8,
      leadsRead: count,
      requested: count,
      left: 0,
    });
  }, 300_000);

  it('starts and stops nothing if it was activated without actions', async () => {
    await activate(mild, 'none');
    await idle();
    expect(await modelsOf()).toEqual(new Set([mild.version]));
    expect(changes().filter(({ type }) => type === 'LeadTierChanged')).toHaveLength(count);
    expect(started()).toEqual([]);
  }, 300_000);

  it('goes on where it was paused, and two activations at once end with the later one', async () => {
    await activate(strict, 'all').catch(() => undefined);
    await rescore('pause');
    await idle();
    expect((await rescore('status')).stdout).toContain('paused');
    expect(await rescore('pause')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('allowed: running'),
    });
    expect((await rescore('rate', '1000')).stdout).toContain('1000 write units');
    expect((await rescore('resume')).stdout).toContain('goes on');
    await idle();
    expect(await modelsOf()).toEqual(new Set([strict.version]));

    await registry.activate(mild.version, 'all', author);
    await activate(stricter, 'all');
    await idle();
    expect(await modelsOf()).toEqual(new Set([stricter.version]));
  }, 300_000);

  it('refuses a rescoring while another one runs', async () => {
    expect(await rescore('start')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('allowed: none, or one that is done'),
    });
    expect(await rescore('rate', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('allowed') });
  });
});
