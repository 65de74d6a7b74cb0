import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addExplain } from '../../../cli/commands/explain.ts';
import { addNext } from '../../../cli/commands/next.ts';
import { addOverride } from '../../../cli/commands/override.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { runCommand } from '../../support/run-command.ts';
import { twoDemos } from '../../support/timed-stack.ts';

const found = vi.hoisted(() => ({}) as { connection: Connection });
vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));

type Stack = Awaited<ReturnType<typeof twoDemos>>;

let sent: PutEventsRequestEntry[];

/** Returns a stack whose bus takes events to its leads at once. */
const withBus = ({ connection, send }: Stack): Connection => {
  const take = async ({ input }: { readonly input: { readonly Entries: PutEventsRequestEntry[] } }) => {
    for (const entry of input.Entries) {
      sent.push(entry);
      await send({
        source: entry.Source,
        'detail-type': entry.DetailType,
        detail: JSON.parse(entry.Detail ?? ''),
      });
    }
    return { FailedEntryCount: 0, Entries: input.Entries.map(() => ({ EventId: 'id' })) };
  };
  // A second later for each event, as a person types it.
  const now = () => connection.now() + 1_000 * sent.length;
  return { ...connection, now, bus: { ...connection.bus, send: take } as unknown as Connection['bus'] };
};

beforeEach(async () => {
  sent = [];
  found.connection = withBus(await twoDemos('03-20T09:30'));
});

const override = (...args: string[]) => runCommand(addOverride, 'override', ...args, '--by', 'ann');
const explain = (...args: string[]) => runCommand(addExplain, 'explain', 'l-1', ...args);
const reason = ['--reason', 'Met the board'];

describe('sluice override', () => {
  it('sets a tier until an instant, and shows how the lead stands before and after', async () => {
    const { code, stdout } = await override('l-1', '--tier', 'excellent', '--until', '14d', ...reason);
    expect(code).toBe(0);
    expect(stdout).toContain('Before: stage mql, active, tier good, score 71;');
    expect(stdout).toContain('After: stage mql, active, tier excellent, score 71;');
    expect(stdout).toContain(
      'A person (ann) set it to excellent until 3 April 2026, 09:30 UTC; the model says good (71 of 100). Reason: Met the board.',
    );
    expect(sent.map(({ DetailType, Detail }) => [DetailType, JSON.parse(Detail ?? '').data])).toEqual([
      [
        'LeadOverridden',
        {
          leadId: 'l-1',
          tier: 'excellent',
          until: '2026-04-03T09:30:00.000Z',
          actor: 'ann',
          reason: 'Met the board',
        },
      ],
    ]);
    expect(JSON.parse((await explain('--json')).stdout)).toMatchObject({
      tier: 'excellent',
      score: 71,
      overridden: { tier: 'good' },
    });
  });

  it.each([addExplain, addNext])('holds a lead out of hand-offs, and is shown until it ends', async (add) => {
    await override('l-1', '--hold', '--until', '2026-03-21T09:30:00Z', ...reason);
    const name = add === addExplain ? 'explain' : 'next';
    const { stdout } = await runCommand(add, name, 'l-1');
    expect(stdout).toContain('A person (ann) held it out of hand-offs until 21 March 2026, 09:30 UTC;');
    expect(stdout).toContain('Next action: none.');
    expect(stdout).toContain('Is no longer overridden by a person on 21 March 2026, 10:00 UTC');
    const { stdout: later } = await runCommand(add, name, 'l-1', '--at', '2026-03-21T10:00:00Z');
    expect(later).not.toContain('A person');
    expect(later).toContain('Next action: hand-off');
  });

  it('is lifted, once', async () => {
    await override('l-1', '--tier', 'none', '--until', '1d', ...reason);
    const { code, stdout } = await override('l-1', '--lift');
    expect(code).toBe(0);
    expect(stdout).toContain('After: stage mql, active, tier good, score 71;');
    expect(sent.at(-1)?.DetailType).toBe('LeadOverrideLifted');
    const again = await override('l-1', '--lift');
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain("lead l-1 isn't overridden, so there is nothing to lift");
    expect(sent).toHaveLength(2);
  });

  it('sends nothing with --dry-run', async () => {
    const { code, stdout } = await override('l-1', '--hold', '--until', '1d', ...reason, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('After: stage mql, active, tier good, score 71; next action: none.');
    expect(sent).toEqual([]);
  });

  it.each([
    [['l-1'], 2, 'given neither --tier, --hold nor --lift'],
    [['l-1', '--tier', 'superb', '--until', '1d', ...reason], 2, 'none, risky, good, excellent'],
    [['l-1', '--tier', 'good', ...reason], 2, '--until: not given'],
    [['l-1', '--tier', 'good', '--until', '1d'], 2, '--reason: not given'],
    [['l-1', '--hold', '--until', 'soon', ...reason], 2, 'given "soon"; allowed: an instant'],
    [
      ['l-1', '--hold', '--until', '2026-03-20T09:30:00Z', ...reason],
      2,
      '--until: given 2026-03-20T09:30:00.000Z; allowed: an instant after now',
    ],
    [['l-1', '--lift', '--hold'], 2, '--lift: given with --tier, --hold or --until'],
    [['l-9', '--hold', '--until', '1d', ...reason], 1, 'there is no lead l-9'],
  ])('refuses %j, and sends nothing', async (args, code, message) => {
    const ran = await override(...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(message);
    expect(sent).toEqual([]);
  });
});
