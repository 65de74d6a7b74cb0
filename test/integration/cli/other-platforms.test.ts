import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOtherPlatform, type OtherPlatform } from '../../support/other-platform.ts';

let platform: OtherPlatform;
beforeAll(() => {
  platform = createOtherPlatform();
});
afterAll(() => platform?.remove());

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Pretends another platform, or another Node. */
const pretend = (what: 'platform' | 'arch' | 'versions', value: unknown): string[] => [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'${what}',{value:${JSON.stringify(value)}})`,
];
const aMac = [...pretend('platform', 'darwin'), ...pretend('arch', 'arm64')];

const { POWERTOOLS_METRICS_DISABLED: _metrics, POWERTOOLS_LOG_LEVEL: _level, ...env } = process.env;

/** Runs the command by the Node that the machine has. */
const sluice = (
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> =>
  new Promise((done) => {
    const command = [...nodeOptions, join(platform.folder, 'cli/sluice.js'), ...args];
    execFile(process.execPath, command, { cwd: platform.folder, env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
};

/** Runs a command on a terminal of 100 columns, and returns what it shows. */
const onTerminal = (command: string): Promise<string> =>
  new Promise((done, failed) => {
    const parameters = ['-qec', `stty cols 100; ${command}`, '/dev/null'];
    execFile('script', parameters, { cwd: platform.folder, env }, (error, stdout) =>
      error ? failed(error) : done(stdout),
    );
  });

describe('a platform without binaries of the engine and of Node', () => {
  it('shows on a terminal how far the preparation is', { timeout: 300_000 }, async () => {
    const command = `start --exit --no-sample --port ${await freePort()}`;
    const shown = await onTerminal(`'${process.execPath}' cli/sluice.js ${command}`);
    const steps = [...shown.matchAll(/Bundling the functions \S+ \d+ % · (\d+) of 22 · \d+s/g)];
    const bundled = [...new Set(steps.map(([, each]) => Number(each)))];
    // Not every step is drawn: a terminal is written to a few times a second.
    expect(bundled.length).toBeGreaterThan(4);
    expect(bundled).toEqual(bundled.toSorted((a, b) => a - b));
    expect(shown).toContain('Started: engine, bus, queues, streams and 19 functions.');
  });

  it('serves the main job: the sample, an explained lead, an event that is sent, and a stop', {
    timeout: 300_000,
  }, async () => {
    const port = await freePort();
    const command = [...aMac, join(platform.folder, 'cli/sluice.js'), 'start', '--port', port];
    const child = spawn(process.execPath, command, { cwd: platform.folder, env });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    while (!output.includes('Ctrl-C stops it') && child.exitCode === null) await sleep(100);

    expect(output).toContain(
      'The DynamoDB engine has no binary for darwin-arm64, so one in memory takes its place: it answers alike, ' +
        'but keeps no data (--data is refused).\n',
    );
    expect(output).not.toContain('isolated');
    expect(output).toMatch(/2796 events received: \d+ recorded, \d+ duplicates, \d+ quarantined/);
    expect(output).toMatch(/[1-9]\d* hand-offs requested, [1-9]\d* nurture tracks started/);
    expect(output).toContain('Where the score comes from:');
    expect(output).toContain('its data in memory is lost then.');

    const endpoint = ['--endpoint', `http://127.0.0.1:${port}`];
    const file = join(platform.folder, 'event.jsonl');
    const occurredAt = '2026-03-01T09:00:00.000Z';
    const event = {
      source: 'web',
      'detail-type': 'LeadActivityRecorded',
      time: occurredAt,
      detail: {
        metadata: { eventId: 'platform-1', occurredAt, schemaVersion: 1 },
        data: { leadId: 'platform-lead', activity: 'demo_requested' },
      },
    };
    writeFileSync(file, `${JSON.stringify(event)}\n`);
    expect(await sluice(['send', file, ...endpoint])).toMatchObject({ code: 0, stdout: '1 event sent.\n' });
    let explained = await sluice(['explain', 'platform-lead', ...endpoint]);
    for (let i = 0; i < 50 && explained.code !== 0; i++) {
      await sleep(200);
      explained = await sluice(['explain', 'platform-lead', ...endpoint]);
    }
    expect(explained.stdout).toContain('the lead asked for a demo in the last 90 days');
    const { stdout } = await sluice(['leads', '--tier', 'good', '--json', ...endpoint]);
    expect(stdout.trimEnd().split('\n').length).toBeGreaterThan(10);

    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });

  it('refuses to keep data, in one line, before it makes the folder', async () => {
    const data = join(platform.folder, 'my-data');
    const onMac = await sluice(['start', '--exit', '--data', data], aMac);
    expect(onMac).toMatchObject({ code: 1, stdout: '' });
    expect(onMac.stderr).toBe(
      `sluice: the data folder ${data} can't be used: the DynamoDB engine has no binary for darwin-arm64, ` +
        'and the one in memory that takes its place keeps no data; start without --data\n',
    );
    const { stderr } = await sluice(['start', '--exit', '--data', data]);
    expect(stderr).toContain(
      'the DynamoDB engine @dynoxide/linux-x64 is not installed (`npm ci --include=optional` installs it)',
    );
    expect(existsSync(data)).toBe(false);
  });

  it('says which Node it needs, and whether it can be installed with the packages', async () => {
    const older = pretend('versions', { ...process.versions, node: '20.1.0' });
    const onMac = await sluice(['--version'], [...aMac, ...older]);
    expect(onMac).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'sluice: needs Node 24 or newer; this is v20.1.0; install it: for darwin-arm64, `npm ci` brings none\n',
    });
    const { stderr } = await sluice(['--version'], older);
    expect(stderr).toBe(
      'sluice: needs Node 24 or newer; this is v20.1.0; `npm ci --include=optional` installs one with the packages\n',
    );
  });
});
