import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNext } from '../../../cli/commands/next.ts';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { runCommand } from '../../support/run-command.ts';

let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
  await send([
    on('03-01', 'LeadStageChanged', { leadId: 'asked', stage: 'sql' }),
    on('03-01', 'LeadProfileUpdated', {
      leadId: 'asked',
      attributes: { seniority: 'director', department: 'sales' },
    }),
    on('03-01', 'LeadStageChanged', { leadId: 'blocked', stage: 'sql' }),
    on('03-02', 'LeadAnswersRecorded', { leadId: 'blocked', answers: { need: { value: 'none' } } }),
  ]);
});
afterAll(() => running.close());

let number = 0;
const on = (day: string, type: EventInput['type'], data: Record<string, unknown>): string =>
  JSON.stringify(buildEntry({ type, data, at: `2026-${day}T00:00:00.000Z`, id: `n-${number++}` }));

const send = async (lines: readonly string[]): Promise<void> => {
  const given = lines.map((text, i) => ({ file: 'history', number: i + 1, text }));
  await waitUntilIdle(running, await feed(running, given, () => {}), () => {});
};

const run = (...options: readonly string[]) =>
  runCommand(addNext, 'next', '--endpoint', running.stack.endpoint, ...options);
const next = async (...options: readonly string[]): Promise<string> =>
  (await run(...options)).stdout.trimEnd();

describe('sluice next', () => {
  it('shows what to ask a lead next, and what would have to be true for the next tier', async () => {
    const lines = (await next('asked', '--limit', '3')).split('\n');
    expect(lines[0]).toMatch(/^asked is at stage sql and its tier is /);
    expect(lines).toContain('What to ask next:');
    expect(lines.filter((line) => /^ {2}\d+\. ".+\?" {2}.+/.test(line))).toHaveLength(3);
    expect(lines.filter((line) => line.startsWith('  - '))).not.toEqual([]);
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|Infinity/);
  });

  it('shows what disqualifies a lead, and what would lift that', async () => {
    const text = await next('blocked');
    expect(text).toContain('It is blocked: disqualified, since it has none of the problems');
    expect(text).toContain('The disqualification would be lifted by any of these:');
    expect(text).toContain('could lift the disqualification');
  });

  it('prints one JSON object on request', async () => {
    const text = await next('asked', '--json', '--limit', '2');
    expect(text.split('\n')).toHaveLength(1);
    const { leadId, questions, requirements } = JSON.parse(text);
    expect(leadId).toBe('asked');
    expect(questions).toHaveLength(2);
    expect(questions[0]).toMatchObject({ question: expect.any(String), best: { tier: expect.any(String) } });
    expect(requirements).toMatchObject({ goal: { kind: 'tier' }, exhaustive: true });
    expect(requirements.sets.length).toBeLessThanOrEqual(2);
  });

  it('refuses an unknown lead, and a limit that is not a number', async () => {
    expect(await run('nobody')).toEqual({ code: 1, stdout: '', stderr: 'sluice: there is no lead nobody\n' });
    expect(await run('asked', '--limit', 'all')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('given "all"; allowed: a whole number from 1'),
    });
  });
});
