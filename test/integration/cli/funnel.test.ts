import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { funnelKey } from '../../../shared/keys/index.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { sluice } from '../../support/sluice-command.ts';

let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
}, 120_000);
afterAll(() => running?.close());

const funnel = (...args: readonly string[]) =>
  sluice('funnel', ...args, '--endpoint', running.stack.endpoint);

let next = 0;
const on = (day: number, type: EventInput['type'], leadId: string, data: object = {}): string =>
  JSON.stringify(
    buildEntry({ type, data: { leadId, ...data }, at: `2026-03-0${day}T09:00:00.000Z`, id: `f-${next++}` }),
  );
const send = async (...lines: readonly string[]): Promise<void> => {
  const given = lines.map((text, i) => ({ file: 'history', number: i + 1, text }));
  await waitUntilIdle(running, await feed(running, given, () => {}), () => {});
};
const days = ['--from', '2026-03-01', '--to', '2026-03-05'];
const cell = (stage: string) => ({ stage, tier: 'none' });

describe('sluice funnel', () => {
  it('says that nothing was counted, and how that changes', async () => {
    const { code, stdout } = await funnel();
    expect(code).toBe(0);
    expect(stdout).toContain('0 leads in the funnel');
    expect(stdout).toContain('npx sluice funnel recount');
  });

  it('counts leads as they move, once, and no more once they are erased', async () => {
    const moves = [
      on(1, 'LeadStageChanged', 'l-1', { stage: 'lead' }),
      on(2, 'LeadStageChanged', 'l-1', { stage: 'mql' }),
      on(1, 'LeadStageChanged', 'l-2', { stage: 'lead' }),
      on(3, 'LeadErasureRequested', 'l-2'),
    ];
    for (const line of [...moves, ...moves]) await send(line);
    const { stdout } = await funnel('--json', ...days);
    const view = JSON.parse(stdout);
    expect(view).toMatchObject({ leads: 1, from: '2026-03-01', to: '2026-03-05' });
    expect(view.cells.filter(({ leads }: { leads: number }) => leads > 0)).toEqual([
      { ...cell('mql'), leads: 1 },
    ]);
    expect(view.days.map(({ moves: ofDay }: { moves: unknown[] }) => ofDay)).toEqual([
      [{ from: null, to: cell('lead'), count: 2 }],
      [{ from: cell('lead'), to: cell('mql'), count: 1 }],
      [{ from: cell('lead'), to: null, count: 1 }],
      [],
      [],
    ]);
    expect((await funnel(...days)).stdout).toMatch(/^mql +1 +0 +0 +0 +1$/m);
  });

  it.each([
    [['--from', '2026-02-30']],
    [['--from', '2026-03-02', '--to', '2026-03-01']],
    [['--from', '2024-01-01', '--to', '2026-03-01']],
  ])('refuses days that are none, or too many: %j', async (args) => {
    const { code, stderr } = await funnel(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('allowed: ');
  });
});

describe('sluice funnel recount', () => {
  it('counts leads from before the funnel was counted, and then finds nothing wrong', async () => {
    const { pk, sk } = funnelKey('l-1');
    await running.client.send(
      new DeleteItemCommand({ TableName: running.leadsTable, Key: { pk: { S: pk }, sk: { S: sk } } }),
    );
    const { code, stdout } = await funnel('recount');
    expect(code).toBe(0);
    expect(stdout).toContain('2 leads read: 1 counted for the first time, 0 repaired.');
    // What was counted of the lead was removed behind the back of the counters.
    expect(stdout).toContain('The counters differed by 1 lead, and are corrected.');
    expect(JSON.parse((await funnel('recount', '--json')).stdout)).toMatchObject({
      isDone: true,
      adopted: 0,
      repaired: 0,
      difference: 0,
    });
    expect(JSON.parse((await funnel('--json')).stdout).leads).toBe(1);
  });
});
