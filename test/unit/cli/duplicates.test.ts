import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addDuplicates } from '../../../cli/commands/duplicates.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { createScoringWorld, deliver, type ScoringWorld } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { storePair } from '../../support/identity-world.ts';
import { runCommand } from '../../support/run-command.ts';

// The commands run as they are; only the stack that they find is one in memory.
const found = vi.hoisted(() => ({}) as { connection: Connection });
vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));

const profile = (leadId: string, attributes: object) =>
  buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes }, id: `p-${leadId}` });

let world: ScoringWorld;
const pairOf = (a: string, b: string, more = {}) => storePair(world.stores.client, [a, b], more);
const duplicates = (...args: readonly string[]) => runCommand(addDuplicates, 'duplicates', ...args);

beforeEach(async () => {
  world = createScoringWorld();
  found.connection = {
    dynamodb: world.stores.client,
    leadsTable: 'leads',
    output: (name: string) => (name === 'IdentitiesTableName' ? 'identities' : name),
    now: () => Date.parse('2026-03-05T09:00:00.000Z'),
  } as never;
  await deliver(
    world,
    profile('l-1', { name: 'Ada', company: 'Engines' }),
    profile('l-2', { name: 'A. King' }),
  );
});

describe('sluice duplicates', () => {
  it('shows who both leads of a pair are, how they stand, and what to do', async () => {
    await pairOf('l-1', 'l-2');
    const { stdout, stderr } = await duplicates();
    expect(stdout).toMatch(/l-1 +Ada +Engines +\S+ +\d+ +email +hubspot +2026-03-01/);
    expect(stdout).toMatch(/l-2 +A\. King +– /);
    expect(stderr).toContain('1 pair');
    expect(stderr).toContain('sluice merge LEAD into SURVIVOR');
  });

  it('lists no pair of which a lead is gone, or that was dismissed, but with --all', async () => {
    await pairOf('l-1', 'l-9');
    await pairOf('l-1', 'l-2', { status: 'dismissed' });
    const { stdout, stderr } = await duplicates();
    expect(stdout).toBe('');
    expect(stderr).toContain('No two leads may be one person');
    const all = await duplicates('--all');
    expect(all.stdout).toContain('l-9');
    expect(all.stdout).toContain('dismissed');
  });

  it('prints one JSON object a line', async () => {
    await pairOf('l-1', 'l-2');
    const { stdout } = await duplicates('list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'suggested',
      types: ['email'],
      leads: [
        { leadId: 'l-1', stage: 'subscriber', shown: { name: 'Ada' } },
        { leadId: 'l-2', shown: { company: null } },
      ],
    });
  });
});

describe('sluice duplicates dismiss', () => {
  it('says that two leads are two, with who says so and why', async () => {
    await pairOf('l-1', 'l-2');
    const { stdout } = await duplicates('dismiss', 'l-2', 'l-1', '--reason', 'sisters', '--actor', 'ann');
    expect(stdout).toContain('l-2 and l-1 are two');
    expect((await duplicates()).stdout).toBe('');
    expect(JSON.parse((await duplicates('list', '--all', '--json')).stdout)).toMatchObject({
      status: 'dismissed',
      dismissed: { by: 'ann', reason: 'sisters', at: '2026-03-05T09:00:00.000Z' },
    });
  });

  it('is refused for two leads that are no pair, and for a pair that is not suggested', async () => {
    const dismiss = () => duplicates('dismiss', 'l-1', 'l-2', '--reason', 'x');
    expect(await dismiss()).toMatchObject({ code: 1, stderr: expect.stringContaining('are no pair') });
    await pairOf('l-1', 'l-2', { status: 'merged' });
    expect(await dismiss()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not suggested, but merged'),
    });
  });
});
