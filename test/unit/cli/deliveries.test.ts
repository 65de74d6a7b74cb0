import { describe, expect, it, vi } from 'vitest';
import { addDeliveries } from '../../../cli/commands/deliveries.ts';
import { withConnection } from '../../../cli/stack/connect.ts';
import { announceDelivery, createDeliveryWorld } from '../../support/delivering.ts';
import { runCommand } from '../../support/run-command.ts';

vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: vi.fn(),
}));

/** Creates a stack with one subscription, of which nothing is stored yet. */
const createStack = () => {
  const world = createDeliveryWorld();
  const connection = {
    dynamodb: world.stored,
    output: () => 'deliveries',
    outputs: { SubscriptionNames: '["crm"]' },
    now: () => world.clock.now,
  };
  vi.mocked(withConnection).mockImplementation(async (_, work) => work(connection as never));
  return world;
};
const run = (...args: string[]) => runCommand(addDeliveries, 'deliveries', ...args);

describe('a subscription that is deployed, and of which nothing is stored', () => {
  it('is listed', async () => {
    createStack();
    const { stdout } = await run('list', '--json');
    const counts = { waiting: 0, delivered: 0, failed: 0, superseded: 0 };
    expect(JSON.parse(stdout)).toMatchObject({ name: 'crm', counts });
  });

  it('can be paused, so that it goes live when it is resumed', async () => {
    const world = createStack();
    expect((await run('pause', 'crm')).stdout).toContain('crm is paused. What comes waits.');
    await world.plan(announceDelivery());
    await world.send();
    expect(world.received).toEqual([]);
    await run('resume', 'crm');
    await world.send();
    expect(world.received).toHaveLength(1);
  });
});

describe('a subscription that is not deployed', () => {
  it('is refused, with the names of those that are', async () => {
    createStack();
    const { code, stderr } = await run('pause', 'crn');
    expect(code).toBe(1);
    expect(stderr).toMatch(/given "crn", which isn't deployed; .*crm/);
  });
});
