import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addModel } from '../../../cli/commands/model.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import {
  createModelRegistry,
  requestRescoring,
  rescoringJobItem,
} from '../../../shared/model-store/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { runCommand } from '../../support/run-command.ts';

const found = vi.hoisted(() => ({}) as { connection: Connection });
vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));

const now = () => Date.parse('2026-03-01T09:00:00.000Z');
const author = { by: 'ann', reason: 'a test' };
const model = (...args: string[]) =>
  runCommand(addModel, 'model', ...args, '--by', author.by, '--reason', author.reason);

beforeEach(async () => {
  const client = memoryClient({ tables: { leads: [] } });
  const registry = createModelRegistry({ client, table: 'leads', now });
  for (const version of ['1', '2'])
    await registry.publish(compileDocument({ ...smallDocument(), version }).document, author);
  await registry.activate('small@1', 'all', author);
  const at = new Date(now()).toISOString();
  const slow = requestRescoring({ revision: 3, modelVersion: 'small@1', actions: 'all', at }, 1);
  await client.send(new PutItemCommand({ TableName: 'leads', Item: rescoringJobItem(slow) }));
  found.connection = { dynamodb: client, leadsTable: 'leads', now } as unknown as Connection;
});

describe('sluice model', () => {
  it('says after an activation and a rollback how fast leads are rescored, also if a slow pace is left over', async () => {
    const pace =
      'They are rescored with at most 1 write unit a second; `sluice rescore rate UNITS` changes that.';
    for (const args of [['activate', 'small@2'], ['rollback']]) {
      const { code, stdout, stderr } = await model(...args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(pace);
    }
  });

  it('prints the activation as one JSON object, and nothing else', async () => {
    const { stdout } = await model('activate', 'small@2', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ modelVersion: 'small@2' });
  });
});
