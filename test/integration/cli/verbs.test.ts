import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { buildEntry } from '../../support/events.ts';
import { sluice } from '../../support/sluice-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-verbs-'));
let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
  await run('event', 'profile', '--lead', 'l-1', 'employees=600', 'jobTitle=CTO');
  await run('event', 'activity', '--lead', 'l-2', 'activity=demo_requested', '--at', '2026-03-01T10:00+01');
  await run('event', 'activity', '--lead', 'l-2', 'activity=demo_requested', '--at', '2026-03-01T09:00:00Z');
  await running.stack.idle();
});
afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true });
});

const run = async (...args: readonly string[]) => {
  const [command = '', ...rest] = args;
  const result = await sluice(command, '--endpoint', running.stack.endpoint, ...rest);
  await running.stack.idle();
  return result;
};

describe('sluice event', () => {
  it('sends an event once, however often its instant is spelled', async () => {
    const { stdout: preview } = await run('erase', 'l-2', '--dry-run');
    expect(preview).toContain('1 event, stage');
  });

  it('warns of a name that no rule reads, with the one that was probably meant', async () => {
    const { code, stderr } = await run('event', 'activity', '--lead', 'l-7', 'activity=demo_request');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'activities.demo_request, 1 event: no rule reads it; did you mean demo_requested?',
    );
  });
});

describe('sluice merge and sluice erase', () => {
  it('show what goes, and send nothing without a terminal or --yes', async () => {
    const merge = await run('merge', 'l-2', 'INTO', 'l-1');
    expect(merge.code).toBe(2);
    expect(merge.stdout).toContain('Lead l-2, which would be folded into l-1 and closed:\n  1 event, stage');
    expect(merge.stdout).toContain('attributes: employees, jobTitle');
    expect(merge.stdout).not.toContain('CTO');
    expect(merge.stdout).toMatch(
      /^Together: stage \w+, active, tier \w+, score [\d.]+ \(model success-ready@\d+\)\.$/m,
    );
    expect(merge.stderr).toContain('there is no terminal to ask at; --yes confirms');
    const erase = await run('erase', 'l-1');
    expect(erase).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no terminal') });
    const { stdout: leads } = await run('leads');
    for (const leadId of ['l-1', 'l-2']) expect(leads).toContain(leadId);
  });

  it.each([
    [['merge', 'l-1', 'l-2'], 2, 'allowed: LEAD into SURVIVOR'],
    [['merge', 'l-1', 'onto', 'l-2'], 2, 'allowed: LEAD into SURVIVOR'],
    [['merge', 'l-1', 'into', 'l-1'], 1, 'another id than leadId'],
    [['merge', 'l-9', 'into', 'l-1', '--yes'], 1, 'there is no lead l-9; --unknown merges it anyway'],
    [['merge', 'l-1', 'into', 'l-9', '--yes'], 1, 'there is no lead l-9'],
    [['erase', 'l-9', '--yes'], 1, 'there is no lead l-9; --unknown erases it anyway'],
    [['erase', 'no id', '--yes'], 1, 'the lead: given "no id"'],
  ])('refuse %j', async (args, code, message) => {
    expect(await run(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) });
  });

  it('follow merges, and say what is done already', async () => {
    expect(await run('merge', 'l-2', 'into', 'l-1', '--yes')).toMatchObject({ code: 0 });
    expect((await run('merge', 'l-1', 'into', 'l-2', '--yes')).stdout).toContain(
      'The two are one lead already: l-1.',
    );
    const preview = await run('erase', 'l-2', '--dry-run');
    expect(preview.stdout).toContain('Lead l-2 was merged into l-1.\nLead l-1, would be erased');
    expect(preview.stdout).toContain('merged into it before: l-2');
    expect((await run('erase', 'l-2', '--yes')).stdout).toContain('Requested the erasure of lead l-1.');
    expect((await run('erase', 'l-2', '--yes')).stdout).toContain('was erased before. Nothing was sent.');
    expect(await run('merge', 'l-9', 'into', 'l-2', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('lead l-1 was erased; if the two are one person'),
    });
  });

  it('close a lead that is unknown as yet, if told so', async () => {
    expect((await run('erase', 'l-8', '--yes', '--unknown')).stdout).toContain('Lead l-8, would be erased');
    expect((await run('erase', 'l-8', '--yes')).stdout).toContain('Lead l-8 was erased before.');
  });
});

describe('sluice send', () => {
  const stage = (leadId: string, id: string) =>
    buildEntry({ type: 'LeadStageChanged', data: { leadId, stage: 'mql' }, id });

  it('sends a list over several lines, and names the entry that is broken', async () => {
    const file = join(folder, 'list.json');
    const list = JSON.stringify([stage('s-1', 'a'), stage('s-2', 'b'), stage('s-3', 'c')], undefined, 2);
    writeFileSync(file, `\uFEFF${list.replace('"s-2"', '"s-2')}`.replaceAll('\n', '\r\n'));
    const { code, stdout, stderr } = await run('send', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '2 events sent, 1 not sent.\n' });
    expect(stderr).toContain(
      `${file}:18 (entry 2): not sent: line 29, column 24: given the end of the line; allowed: a double quote`,
    );
    const { stdout: leads } = await run('leads', '--stage', 'mql');
    for (const leadId of ['s-1', 's-3']) expect(leads).toContain(leadId);
  });

  it('does not send a message of the clock, and sends the rest', async () => {
    const file = join(folder, 'clock.jsonl');
    const clock = { ...stage('s-5', 'c'), 'detail-type': 'LeadClockAdvanced' };
    writeFileSync(file, [clock, stage('s-6', 'd')].map((each) => JSON.stringify(each)).join('\n'));
    const { code, stdout, stderr } = await run('send', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '1 event sent, 1 not sent.\n' });
    expect(stderr).toContain(
      'clock.jsonl:1: not sent: detail-type: given "LeadClockAdvanced"; allowed: a type of',
    );
  });

  it('sends entries as clients of AWS write them', async () => {
    const { source, detail, 'detail-type': type } = stage('s-4', 'd');
    const entry = { Source: source, DetailType: type, Detail: JSON.stringify(detail) };
    const file = join(folder, 'entries.json');
    writeFileSync(file, JSON.stringify({ Entries: [entry] }));
    expect((await run('send', file)).stdout).toBe('1 event sent.\n');
    expect((await run('leads', '--stage', 'mql')).stdout).toContain('s-4');
  });
});

describe('sluice replay', () => {
  it('says why events were quarantined, by file and line, as text and as JSON', async () => {
    const line = (more: object, data: object = {}) =>
      JSON.stringify({
        ...buildEntry({ type: 'LeadStageChanged', data: { leadId: 'r-1', stage: 'mql', ...data } }),
        ...more,
      });
    const file = join(folder, 'events.jsonl');
    const wrong = Array.from({ length: 5 }, (_, i) => line({}, { stage: 'prospect', leadId: `r-${i}` }));
    const lines = [
      line({}),
      line({}, { reason: 'other' }),
      ...wrong,
      line({ 'detail-type': 'track' }),
      '{"a":',
    ];
    writeFileSync(file, lines.join('\n'));
    const { stdout } = await sluice('replay', file);
    expect(stdout).toContain(`9 events received: 1 recorded, 0 duplicates, 8 quarantined.`);
    expect(stdout).toContain(
      [
        'Quarantined:',
        '  5 malformed, detail.data.stage',
        ...[3, 4, 5].map(
          (n) =>
            `    ${file}:${n}: detail.data.stage: given "prospect"; allowed: subscriber, lead, mql, sql, opportunity, customer`,
        ),
        '    and 2 more',
      ].join('\n'),
    );
    expect(stdout).toContain(`    ${file}:8: detail-type: given "track"`);
    expect(stdout).toContain(`    ${file}:9: line 9, column 6: given the end of the file; allowed: a value`);
    expect(stdout).toMatch(/ {2}1 conflicting-content\n {4}\S+:[12]: /);

    const summary = JSON.parse((await sluice('replay', file, '--json', '--shuffle', '3')).stdout);
    expect(summary.byCode).toEqual({
      malformed: 5,
      'unknown-type': 1,
      'not-json': 1,
      'conflicting-content': 1,
    });
    expect(summary.reasons[0]).toMatchObject({ code: 'malformed', field: 'detail.data.stage', count: 5 });
    expect(summary.reasons[0].first.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5]);
  });
});
