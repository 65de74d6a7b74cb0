import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureAssembly } from '../../../cli/stack/assembly.ts';
import { countDeadLetters, describeStack } from '../../soak/stack/description.ts';
import { findEngine } from '../../soak/stack/processes.ts';
import { sluice } from '../../support/sluice-command.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'sluice-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/** Returns the descendants of a process, as `ps` lists them. */
const descendants = (pid: number): number[] => {
  const pairs = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie is gone but for its entry in the table, which its parent has to clear.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
};

const until = async (holds: () => boolean, what: string): Promise<void> => {
  for (let i = 0; i < 600; i++) {
    if (holds()) return;
    await sleep(100);
  }
  throw new Error(`waited a minute in vain: ${what}`);
};

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Pretends an older Node, on which cli/sluice.js starts a second process. */
const asOlderNode = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.0.0'})`;

const start = (...options: string[]) => startOn([], ...options);

const startOn = async (nodeOptions: readonly string[], ...options: string[]) => {
  const command = [...nodeOptions, join(root, 'cli/sluice.js'), 'start', ...options];
  const child = spawn(process.execPath, command, { cwd: root });
  started.push(child);
  let output = '';
  const add = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  await until(
    () => output.includes('Ctrl-C stops it') || child.exitCode !== null,
    `the stack to be up: ${output}`,
  );
  return { child, output: () => output };
};

const activity = (name: string, eventId: string, occurredAt = '2026-03-01T09:00:00.000Z') => ({
  source: 'test',
  'detail-type': 'LeadActivityRecorded',
  time: occurredAt,
  detail: {
    metadata: { eventId, occurredAt, schemaVersion: 1 },
    data: { leadId: 'my-lead', activity: name },
  },
});

// Otherwise the first start would wait for the functions to be bundled, which needs programs on the PATH.
beforeAll(() => ensureAssembly(() => {}), 180_000);

describe('sluice start', () => {
  it('says that its engine can be found by other programs if the system can not isolate it', {
    timeout: 60_000,
  }, async () => {
    vi.stubEnv('PATH', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { output } = await start('--no-sample', '--port', String(await freePort()));
    expect(output()).toContain('This system does not let the engine be isolated');
  });

  it('feeds the sample stream, explains a lead, and serves the other commands until it is stopped', {
    timeout: 180_000,
  }, async () => {
    const port = await freePort();
    const { child, output } = await start('--port', String(port));
    expect(output()).toMatch(/2796 events received: \d+ recorded, \d+ duplicates, \d+ quarantined/);
    expect(output()).toMatch(/\d+ hand-offs requested, \d+ nurture tracks started/);
    expect(output()).toContain('Where the score comes from:');
    expect(output()).toContain(
      'Ctrl-C stops it; its data in memory is lost then; `--data FOLDER` keeps it.\n',
    );

    const endpoint = ['--endpoint', `http://127.0.0.1:${port}`];
    const file = join(folder, 'event.jsonl');
    const justNow = new Date().toISOString();
    const events = [activity('demo_requested', 'a', justNow), activity('trial_started', 'b', justNow)];
    writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    expect(await sluice('send', file, ...endpoint)).toMatchObject({ code: 0, stdout: '2 events sent.\n' });

    let explained = await sluice('explain', 'my-lead', '--json', ...endpoint);
    for (let i = 0; i < 100 && !explained.stdout.includes('"tier":"risky"'); i++) {
      await sleep(100);
      explained = await sluice('explain', 'my-lead', '--json', ...endpoint);
    }
    const { score, ...others } = JSON.parse(explained.stdout);
    expect(others).toMatchObject({ leadId: 'my-lead', stage: 'mql', tier: 'risky' });
    // 41 at the start of the day, from which on its points become fewer.
    expect(score).toBeGreaterThan(38);
    expect(score).toBeLessThanOrEqual(41);
    expect((await sluice('explain', 'my-lead', ...endpoint)).stdout).toContain(
      'the lead asked for a demo in the last 90 days',
    );

    const listed = await sluice('leads', '--tier', 'risky', '--json', ...endpoint);
    const records = listed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ storedTier }) => storedTier)).toEqual(records.map(() => 'risky'));
    expect(records.map(({ leadId }) => leadId)).toContain('my-lead');

    const pids = descendants(child.pid ?? 0);
    expect(pids.length).toBeGreaterThan(0);
    child.kill('SIGINT');
    await until(() => child.exitCode !== null, 'the command to end');
    expect(child.exitCode).toBe(0);
    await until(() => !pids.some(isAlive), 'its processes to end');
  });

  it('leaves no process behind if it is killed', async () => {
    const { child } = await start('--no-sample', '--port', String(await freePort()));
    const pids = descendants(child.pid ?? 0);
    expect(pids.length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await until(() => !pids.some(isAlive), 'its processes to end');
  });

  it('leaves no process behind if the first of its processes is killed', async () => {
    const options = ['--no-sample', '--port', String(await freePort())];
    const { child } = await startOn(['--import', asOlderNode], ...options);
    const pids = descendants(child.pid ?? 0);
    expect(pids.length).toBeGreaterThan(2);
    child.kill('SIGKILL');
    await until(() => !pids.some(isAlive), 'its processes to end');
  });

  it('says that its second process was killed', async () => {
    const options = ['--no-sample', '--port', String(await freePort())];
    const { child, output } = await startOn(['--import', asOlderNode], ...options);
    const [second = 0, ...others] = descendants(child.pid ?? 0);
    process.kill(second, 'SIGKILL');
    await until(() => child.exitCode !== null, 'the command to end');
    expect(child.exitCode).toBe(1);
    expect(output()).toContain(`sluice: its process ${second} was ended by SIGKILL\n`);
    await until(() => !others.some(isAlive), 'its processes to end');
  });

  it.each([
    {
      what: 'its engine is killed',
      strike: async (_pid: number, data: string) => {
        process.kill((await findEngine(data))?.pid ?? 0, 'SIGKILL');
      },
      reason: 'the DynamoDB engine (process group ',
    },
    {
      what: 'its data can not be written',
      // The limit on the size of files is the only one on the disk that every user may set.
      strike: async (pid: number) => {
        execFileSync('prlimit', ['--pid', String(pid), '--fsize=4096']);
      },
      reason: `can't be written (`,
    },
  ])(
    'ends in one line and with exit code 1 if $what, and loses nothing',
    async ({ what, strike, reason }) => {
      const port = await freePort();
      const data = join(folder, what.replaceAll(' ', '-'));
      const options = ['--data', data, '--no-sample', '--port', String(port)];
      const { child, output } = await start(...options);
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
      const endpoint = `http://127.0.0.1:${port}`;
      const bus = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
      const acknowledged: string[] = [];
      const put = async (eventId: string) => {
        const { source, 'detail-type': type, detail } = activity('page_visited', eventId);
        const Detail = JSON.stringify(detail);
        const Entries = [{ EventBusName: 'Sluice-dev', Source: source, DetailType: type, Detail }];
        const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount === 0) acknowledged.push(eventId);
      };
      for (let i = 0; i < 20; i++) await put(`before-${i}`);
      await strike(child.pid ?? 0, data);
      for (let i = 0; child.exitCode === null; i++) await put(`after-${i}`).catch(() => sleep(10));
      bus.destroy();
      expect(child.exitCode).toBe(1);
      const lines = output().trimEnd().split('\n');
      const last = lines.at(-1);
      expect(last).toMatch(/^sluice: the local stack has ended: .*; start it again: all that was accepted/);
      expect(last).toContain(reason);
      expect(lines.at(-2)).toContain('Ctrl-C stops it');

      await start(...options);
      const recorded = async () => {
        const { stdout } = await sluice('audit', 'show', 'my-lead', '--json', '--endpoint', endpoint);
        const entries = stdout.split('\n').filter((line) => line !== '');
        return entries.map((line) => (JSON.parse(line) as { eventId: string }).eventId);
      };
      let found = await recorded();
      for (let i = 0; i < 100 && found.length < acknowledged.length; i++) found = await recorded();
      expect(found).toEqual(expect.arrayContaining(acknowledged));
      expect(new Set(found).size).toBe(found.length);
      const description = await describeStack(endpoint);
      const left = description && Object.values(countDeadLetters(description));
      expect(left?.every((count) => count === 0)).toBe(true);
    },
  );

  it('stores its leads in a folder, also if it is killed, and feeds the sample only if there are none', async () => {
    const data = join(folder, 'data');
    const port = String(await freePort());
    const endpoint = ['--endpoint', `http://127.0.0.1:${port}`];
    const listed = async () =>
      (await sluice('leads', '--json', '--limit', '1000', ...endpoint)).stdout
        .trimEnd()
        .replaceAll(/"asOf":"[^"]*"/g, '"asOf":"now"')
        .split('\n');
    const first = await start('--data', data, '--no-sample', '--port', port);
    expect(first.output()).toContain(`its data stays in ${data}.`);
    const file = join(folder, 'kept.jsonl');
    writeFileSync(file, `${JSON.stringify(activity('demo_requested', 'a'))}\n`);
    await sluice('send', file, ...endpoint);

    const { code, stderr } = await sluice('start', '--data', data, '--port', String(await freePort()));
    expect([code, stderr]).toEqual([
      1,
      `sluice: the data folder ${data} is in use by another stack; stop that one, or choose another folder\n`,
    ]);

    let leads = await listed();
    for (let i = 0; i < 100 && !leads[0]?.includes('my-lead'); i++) {
      await sleep(100);
      leads = await listed();
    }
    expect(leads).toEqual([expect.stringContaining('"leadId":"my-lead"')]);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await start('--data', data, '--port', port);
    expect(second.output()).not.toContain('events received');
    expect(second.output()).toContain(
      'The data folder already has leads, so the sample stream is not fed.\n',
    );
    expect(second.output()).toContain('sluice explain my-lead');
    expect(await listed()).toEqual(leads);
  });

  it('reports in one line that a port is taken, and what to do, and leaves no folder behind', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const outer = join(folder, 'made');
    const data = join(outer, 'by', 'start');
    const { code, stderr } = await sluice('start', '--exit', '--port', String(port), '--data', data);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`sluice: port ${port} on 127.0.0.1 is taken; choose another one with --port\n`);
    expect(existsSync(outer)).toBe(false);
  });

  it('reports in one line that no engine answers, and at which endpoint', async () => {
    process.env.DYNAMODB_ENDPOINT = 'http://127.0.0.1:9';
    const { code, stderr } = await sluice(
      'start',
      '--exit',
      '--no-sample',
      '--port',
      String(await freePort()),
    );
    delete process.env.DYNAMODB_ENDPOINT;
    expect(code).toBe(1);
    const lines = stderr.split('\n').filter((line) => line.startsWith('sluice:'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('http://127.0.0.1:9');
  });
});
