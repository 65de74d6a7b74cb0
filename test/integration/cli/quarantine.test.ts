import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addQuarantine } from '../../../cli/commands/quarantine.ts';
import { addSend } from '../../../cli/commands/send.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import type { InboundType } from '../../../events/index.ts';
import type { QuarantinedEvent, QuarantineRecord } from '../../../shared/quarantine/index.ts';
import { buildEntry } from '../../support/events.ts';
import { runCommand } from '../../support/run-command.ts';
import { type CommandResult, sluice } from '../../support/sluice-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-quarantine-'));
let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await running.close();
});

const onStack = () => ['--endpoint', running.stack.endpoint];
const quarantine = (...args: string[]): Promise<CommandResult> =>
  runCommand(addQuarantine, 'quarantine', ...args, ...onStack());

const stage = (leadId: string, to: unknown, id = `${leadId}-1`) =>
  buildEntry({ type: 'LeadStageChanged', data: { leadId, stage: to }, id });
const writeEntries = (name: string, ...entries: object[]): string => {
  const file = join(folder, name);
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return file;
};
const send = async (...entries: object[]): Promise<void> => {
  const file = writeEntries('sent.jsonl', ...entries);
  expect(await runCommand(addSend, 'send', file, ...onStack())).toMatchObject({ code: 0 });
  await running.stack.idle();
};
const client = () => ({
  endpoint: running.stack.endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
/** Puts events on the bus as a producer with an AWS client does. */
const onBus = async (...entries: object[]) => {
  const bus = new EventBridgeClient(client());
  const named = entries.map((entry) => ({ ...entry, EventBusName: running.stack.bus }));
  return bus.send(new PutEventsCommand({ Entries: named })).finally(() => bus.destroy());
};
/** Puts messages into the queue of score-leads, past the bus. */
const toQueue = async (...bodies: string[]): Promise<void> => {
  const QueueUrl = running.stack.outputs.ScoreLeadsQueueUrl ?? '';
  const sqs = new SQSClient(client());
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  sqs.destroy();
  await running.stack.idle();
};
const listed = async (leadId: string, ...options: string[]): Promise<QuarantinedEvent[]> => {
  const { stdout } = await quarantine('list', '--lead', leadId, '--json', ...options);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};
const findId = async (leadId: string): Promise<string> => (await listed(leadId))[0]?.id ?? 'none';
const shown = async (id: string): Promise<QuarantineRecord> =>
  JSON.parse((await quarantine('show', id, '--json')).stdout);
/** Returns a lead as `sluice leads` prints it in a process of its own. */
const lead = async (leadId: string): Promise<unknown> => {
  const { stdout } = await sluice('leads', '--json', ...onStack());
  const line = stdout.split('\n').find((text) => text.includes(`"${leadId}"`));
  return line === undefined ? undefined : JSON.parse(line);
};

describe('sluice quarantine', () => {
  it('lists a poison event, shows why it was rejected, and replays the corrected one: then the lead is there', async () => {
    await send(stage('poisoned', 'prospect'));
    const list = await sluice('quarantine', 'list', '--lead', 'poisoned', ...onStack());
    const [heading, row] = list.stdout.split('\n');
    expect(heading).toMatch(/^id +last came +times +status +code +type +lead +first reason$/);
    expect(row).toMatch(
      /^[0-9a-f]{12} .+ 1 +open +malformed +LeadStageChanged +poisoned +detail\.data\.stage/,
    );

    const id = await findId('poisoned');
    const show = await quarantine('show', id.slice(0, 8));
    expect(show.stdout).toContain('given "prospect"; allowed: subscriber, lead, mql');
    expect(show.stdout).toContain('"stage": "prospect"');
    const raw = await quarantine('show', id, '--raw');
    expect(JSON.parse(raw.stdout).detail.data).toEqual({ leadId: 'poisoned', stage: 'prospect' });

    const refused = await quarantine('replay', id);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('it would be rejected again: detail.data.stage: given "prospect"');
    expect((await shown(id)).steps).toEqual([]);

    const corrected = writeEntries('corrected.json', stage('poisoned', 'mql'));
    const replay = ['quarantine', 'replay', id.slice(0, 8), '--event', corrected, '--actor', 'ann'];
    const replayed = await sluice(...replay, ...onStack());
    expect(replayed).toMatchObject({ code: 0, stdout: '1 event replayed.\n' });
    await running.stack.idle();
    expect(await lead('poisoned')).toMatchObject({ stage: 'mql', version: 1 });
    expect(await listed('poisoned')).toEqual([]);
    expect((await quarantine('list', '--lead', 'poisoned')).stderr).toContain('No quarantined events match');
    expect(await shown(id)).toMatchObject({
      status: 'replayed',
      steps: [{ step: 'corrected', actor: 'ann', corrected: { text: expect.stringContaining('mql') } }],
    });
  });

  it('requests the erasure of the other lead of a merge with an erased one, if somebody says which', async () => {
    const of = (type: InboundType, data: { leadId: string; mergedLeadId?: string }) =>
      buildEntry({ type, data, id: `${data.leadId}-${type}` });
    await send(stage('kept', 'mql'), stage('gone', 'mql'), of('LeadErasureRequested', { leadId: 'gone' }));
    await send(of('LeadsMerged', { leadId: 'gone', mergedLeadId: 'kept' }));
    expect(await lead('kept')).toMatchObject({ stage: 'mql' });
    const [found] = await listed('gone');
    expect(found).toMatchObject({ code: 'merge-with-erased', status: 'open', mergedLeadId: 'kept' });
    expect(found).not.toHaveProperty('bytes');
    const id = found?.id ?? 'none';
    expect((await quarantine('show', id)).stdout).toContain('only a LeadErasureRequested may do');

    const undecided = await quarantine('replay', id);
    expect(undecided).toMatchObject({ code: 1, stderr: expect.stringContaining('--erase LEAD_ID') });
    const another = await quarantine('replay', id, '--erase', 'poisoned');
    expect(another).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--erase: given "poisoned"; allowed: gone or kept'),
    });
    expect(await lead('kept')).toMatchObject({ stage: 'mql' });

    expect((await quarantine('show', id)).stdout).toMatch(/lead +gone\n +merged lead +kept\n/);
    expect(await quarantine('replay', id, '--erase', 'gone')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--erase: given "gone", which was erased before'),
    });
    expect(await listed('gone')).toMatchObject([{ status: 'open', mergedLeadId: 'kept' }]);

    const dry = await quarantine('replay', id, '--erase', 'kept', '--dry-run');
    expect(dry.stdout).toBe("The erasure of kept would be requested. It can't be undone.\n");
    await quarantine('discard', id, '--reason', 'two people');
    expect(await quarantine('replay', id, '--erase', 'kept')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is discarded, so somebody has decided about it'),
    });
    expect(await shown(id)).toMatchObject({
      status: 'discarded',
      steps: expect.arrayContaining([expect.objectContaining({ step: 'discarded', note: 'two people' })]),
    });

    const decided = await quarantine('replay', id, '--erase', 'kept', '--force', '--actor', 'ann');
    expect(decided).toMatchObject({ code: 0, stdout: 'Requested the erasure of kept.\n' });
    await running.stack.idle();
    expect(await lead('kept')).toBeUndefined();
    expect(await shown(id)).toMatchObject({
      status: 'erased',
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 'redacted', actor: 'score-leads' }),
        expect.objectContaining({ step: 'corrected', actor: 'ann' }),
        expect.objectContaining({ step: 'erased', actor: 'erase-lead' }),
      ]),
    });
  });

  it('requests no erasure for an event that is no merge with an erased lead', async () => {
    await send(stage('no-merge', 'prospect'));
    const id = await findId('no-merge');
    const refused = await quarantine('replay', id, '--erase', 'no-merge');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('was rejected as malformed') });
    const both = await quarantine('replay', id, '--erase', 'a', '--event', 'b.json');
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('both --event and --erase') });
  });

  it('records an event once that is replayed twice', async () => {
    await send(stage('twice', 'prospect'));
    const id = await findId('twice');
    const corrected = writeEntries('twice.json', stage('twice', 'sql'));
    for (let i = 0; i < 2; i++)
      expect(await quarantine('replay', id, '--event', corrected)).toMatchObject({ code: 0 });
    await running.stack.idle();
    expect(await lead('twice')).toMatchObject({ stage: 'sql', version: 1 });
    expect((await shown(id)).steps).toHaveLength(2);
  });

  it('opens an event again that is replayed by force and rejected again', async () => {
    await send(stage('forced', 'prospect'));
    const id = await findId('forced');
    expect(await quarantine('replay', id, '--force')).toMatchObject({ code: 0 });
    await running.stack.idle();
    expect(await shown(id)).toMatchObject({ status: 'open', times: 2, steps: [{ step: 'replayed' }] });
  });

  it('replays all that match and would be accepted, and reports why the others are not', async () => {
    await send(
      stage('known', 'mql', 'same'),
      stage('known', 'sql', 'same'),
      stage('known', 'prospect', 'other'),
    );
    const [first, second] = await listed('known');
    expect([first?.code, second?.code].toSorted()).toEqual(['conflicting-content', 'malformed']);
    const dry = await quarantine('replay', '--all', '--lead', 'known', '--dry-run');
    expect(dry).toMatchObject({ code: 1, stdout: 'No event would be replayed; 2 would not.\n' });
    expect(dry.stderr).toContain('with this id and other content is recorded');

    const forced = await quarantine('replay', '--all', '--lead', 'known', '--code', 'malformed', '--force');
    expect(forced).toMatchObject({ code: 0, stdout: '1 event replayed.\n' });
  });

  it.each([
    ['misspelled', 'LeadStageChange', 'crm'],
    ['lowercase', 'leadStageChanged', 'crm'],
    ['announced', 'LeadErased', 'sluice.crm'],
  ])(
    'has an event whose type no contract has, whoever put it on the bus: %s',
    async (leadId, type, Source) => {
      const put = await onBus({
        Source,
        DetailType: type,
        Detail: JSON.stringify(stage(leadId, 'mql').detail),
      });
      expect(put.FailedEntryCount).toBe(0);
      await running.stack.idle();
      expect(await listed(leadId)).toMatchObject([{ code: 'unknown-type', type, source: Source }]);
      const { stderr } = await quarantine('replay', '--all', '--lead', leadId);
      expect(stderr).toContain(`it would be rejected again: detail-type: given "${type}"; allowed: `);
    },
  );

  it.each(['sluice', 'sluice.canary'])(
    'has nothing under a source that only Sluice may use: nobody else can put it on the bus: %s',
    async (Source) => {
      const detail = JSON.stringify(stage('posed', 'mql').detail);
      const entries = ['crm', Source].map((source) => ({
        Source: source,
        DetailType: 'LeadStageChanged',
        Detail: detail,
      }));
      await expect(onBus(...entries)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`denies events:source "${Source}"`),
      });
      await running.stack.idle();
      expect(await listed('posed', '--status', 'all')).toEqual([]);
      expect(await lead('posed')).toBeUndefined();
    },
  );

  it('has an event with a number beyond the range of a double, which clears nothing', async () => {
    const attributes = { seats: 40 };
    const known = buildEntry({
      type: 'LeadProfileUpdated',
      data: { leadId: 'counted', attributes },
      id: 'c-1',
    });
    await send(known);
    const later = { ...known.detail.metadata, eventId: 'c-2', occurredAt: '2026-04-01T00:00:00.000Z' };
    const Detail = JSON.stringify({ ...known.detail, metadata: later }).replace('40', '7e777');
    const onWire = { Source: 'crm', DetailType: 'LeadProfileUpdated', Detail };
    expect((await onBus(onWire)).Entries).toEqual([
      {
        ErrorCode: 'MalformedDetail',
        ErrorMessage:
          'Detail is malformed: detail.data.attributes.seats: given a number beyond the range of a double; ' +
          'allowed: a number between -1.797e308 and 1.797e308.',
      },
    ]);
    // Another bus may let it through.
    await toQueue(`{"source":"crm","detail-type":"LeadProfileUpdated","detail":${Detail}}`);
    const [event] = await listed('counted');
    expect(event).toMatchObject({
      code: 'malformed',
      reasons: [expect.stringContaining('attributes.seats')],
    });
    expect((await quarantine('show', event?.id ?? '')).stdout).toContain('"seats": 7e777');
    expect(await lead('counted')).toMatchObject({ version: 1 });
  });

  it('replays the others if one is nested deeper than the bus takes', async () => {
    const bodies = [
      JSON.stringify(stage('nested', 'prospect', 'n-1')),
      JSON.stringify(stage('nested', 'prospect', 'n-2')).replace(
        '"prospect"',
        '['.repeat(8_000) + ']'.repeat(8_000),
      ),
      JSON.stringify(stage('nested', 'prospect', 'n-3')),
    ];
    await toQueue(...bodies);
    expect(await listed('nested')).toHaveLength(3);
    const replayed = await quarantine('replay', '--all', '--lead', 'nested', '--force');
    expect(replayed).toMatchObject({ code: 1, stdout: '2 events replayed; 1 not.\n' });
    expect(replayed.stderr).toContain(
      'given more than 1100 levels of objects and lists; allowed: at most 1100',
    );
  });

  it('discards with a reason, and keeps the event until it expires', async () => {
    await send(stage('unwanted', 'prospect'));
    const id = await findId('unwanted');
    expect((await quarantine('discard', id)).code).toBe(2);
    const done = await quarantine('discard', '--all', '--lead', 'unwanted', '--reason', 'a test of theirs');
    expect(done).toMatchObject({ code: 0, stdout: '1 event discarded.\n' });
    expect(await listed('unwanted')).toEqual([]);
    expect(await listed('unwanted', '--status', 'discarded')).toHaveLength(1);
    expect(await shown(id)).toMatchObject({
      status: 'discarded',
      body: expect.any(String),
      steps: [{ step: 'discarded', note: 'a test of theirs' }],
    });
  });

  it('reports what is wrong with ids and with the selection', async () => {
    const wrong = async (...args: string[]) => {
      const { code, stderr } = await quarantine(...args);
      return [code, stderr.trim()];
    };
    expect(await wrong('show', 'zz')).toEqual([2, expect.stringContaining('id: given "zz"; allowed: an id')]);
    expect(await wrong('show', '0'.repeat(32))).toEqual([
      1,
      `sluice: no quarantined event has the id ${'0'.repeat(32)}`,
    ]);
    expect(await wrong('replay')).toEqual([
      2,
      expect.stringContaining('given no ids; allowed: ids, or --all'),
    ]);
    expect(await wrong('replay', '--lead', 'x')).toEqual([2, expect.stringContaining('--all selects')]);
    expect(await wrong('replay', 'ab', '--all')).toEqual([2, expect.stringContaining('one of the two')]);
    expect(await wrong('list', '--since', '2026-02-30')).toEqual([
      2,
      expect.stringContaining('allowed: a day'),
    ]);
    expect(await wrong('replay', '--all', '--event', 'x')).toEqual([2, expect.stringContaining('--event')]);
  });
});
