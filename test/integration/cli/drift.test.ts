import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDrift } from '../../../cli/commands/drift.ts';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { hourMs } from '../../../events/index.ts';
import type { DeliveredEvent } from '../../../infra/local/put-events.ts';
import { buildEntry } from '../../support/events.ts';
import { runCommand } from '../../support/run-command.ts';

let running: RunningStack;
const announced: DeliveredEvent[] = [];
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {}, onEvent: (event) => announced.push(event) });
}, 300_000);
afterAll(() => running?.close());

const drift = (...args: readonly string[]) =>
  runCommand(addDrift, 'drift', ...args, '--endpoint', running.stack.endpoint);

/** Has leads do something an hour ago. */
const send = async (activity: string, leads: number): Promise<void> => {
  const at = new Date(Date.now() - hourMs).toISOString();
  const lines = Array.from({ length: leads }, (_, i) => ({
    file: 'history',
    number: i + 1,
    text: JSON.stringify(
      buildEntry({
        type: 'LeadActivityRecorded',
        data: { leadId: `${activity}-${i}`, activity },
        at,
        id: `${activity}-${i}`,
      }),
    ),
  }));
  await waitUntilIdle(running, await feed(running, lines, () => {}), () => {});
};

describe('sluice drift', () => {
  it('says that nothing was checked yet, and how that changes', async () => {
    const { stdout } = await drift();
    expect(stdout).toContain('npx sluice drift --run checks it now');
    expect(JSON.parse((await drift('--json')).stdout)).toBeNull();
  });

  it('takes the first check for the reference, and says that it can’t tell', async () => {
    await send('email_opened', 220);
    const { stdout } = await drift('--run');
    expect(stdout).toContain('220 leads read, 220 of them heard of in the last 30 days; 0 outcomes known.');
    expect(stdout).toContain('the first check with enough leads is the reference');
    expect(stdout).toContain('Not compared: too few leads to tell');
    expect(stdout).toContain('Not compared: too few outcomes to tell');
    expect(stdout).not.toContain('What to do');
  });

  it('says what moved, how sure that is and what to do, and has it announced', async () => {
    await send('demo_requested', 400);
    const { stdout } = await drift('--run');
    expect(stdout).toContain('Leads are compared with the check of ');
    expect(stdout).toMatch(/^ {2}criterion \w+: applies otherwise than before: .* \(far beyond chance\)$/m);
    expect(stdout).toContain('First look whether the sources of the fields');
    expect(stdout).toContain("It isn't known yet whether scores still rank leads as well as before");
    expect(stdout).toContain('npx sluice model publish FILE');
    const stored = JSON.parse((await drift('--json')).stdout);
    expect(stored).toMatchObject({
      leadsRead: 620,
      comparison: { remedy: 'move-tiers', tooFew: ['outcomes'] },
    });
    await running.stack.idle();
    const found = announced.filter((event) => event['detail-type'] === 'ScoringModelDrifted');
    expect(found.map(({ detail }) => detail.data)).toMatchObject([
      { checkedAt: stored.at, modelVersion: stored.modelVersion, remedy: 'move-tiers' },
    ]);
  });
});
