import { beforeAll, describe, expect, it, vi } from 'vitest';
import { addExplain } from '../../../cli/commands/explain.ts';
import { addLeads } from '../../../cli/commands/leads.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { deliver } from '../../support/deliveries.ts';
import { fadingDocument } from '../../support/fading-model.ts';
import { compileDocument } from '../../support/models.ts';
import { queryStack } from '../../support/query-stack.ts';
import { runCommand } from '../../support/run-command.ts';
import { demo, instant, twoDemos } from '../../support/timed-stack.ts';

const found = vi.hoisted(() => ({}) as { connection: Connection });
vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));

/** The same rules under the next version. */
const next = compileDocument({ ...fadingDocument(), version: '2' });

let stack: Awaited<ReturnType<typeof twoDemos>>;
beforeAll(async () => {
  stack = await twoDemos('03-12T00:00');
  found.connection = stack.connection;
  const data = { leadId: 'l-1', modelVersion: next.version, actions: 'none' };
  await deliver(
    stack.judgingBy(next),
    stack.entry('03-11T10:00', 'LeadRescoreRequested', data),
    stack.entry('03-11T10:00', 'LeadActivityRecorded', demo('l-2')),
  );
});

const json = async (ran: ReturnType<typeof runCommand>) => JSON.parse((await ran).stdout);

describe('a lead whose model was changed without actions', () => {
  it('says so in `sluice explain`, with --json as well', async () => {
    const { stdout } = await runCommand(addExplain, 'explain', 'l-1');
    expect(stdout).toContain('Another model was activated without actions: what runs goes on');
    const shown = await json(runCommand(addExplain, 'explain', 'l-1', '--json'));
    expect(shown).toMatchObject({ modelVersion: next.version, actionsWait: true });
    expect(await json(runCommand(addExplain, 'explain', 'l-2', '--json'))).not.toHaveProperty('actionsWait');
  });

  it('says so in `sluice leads --json`', async () => {
    const { stdout } = await runCommand(addLeads, 'leads', '--json');
    const leads = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(leads.map(({ leadId, actionsWait }) => [leadId, actionsWait]).toSorted()).toEqual([
      ['l-1', true],
      ['l-2', undefined],
    ]);
  });

  it('says so in the API, by itself and in lists', async () => {
    const ask = queryStack({ stores: stack.stores, now: () => instant('03-12T00:00'), model: next });
    const one = await ask('getLead', { path: { id: 'l-1' } });
    expect(one.body).toMatchObject({ modelVersion: next.version, actionsWait: true });
    expect((await ask('getLead', { path: { id: 'l-2' } })).body).not.toHaveProperty('actionsWait');
    const { body } = await ask('listLeads', {});
    const waiting = body.leads.filter((lead: { actionsWait?: true }) => lead.actionsWait);
    expect(waiting.map(({ leadId }: { leadId: string }) => leadId)).toEqual(['l-1']);
  });
});
