import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Figures } from '../soak/report/figures.ts';
import { listProcesses } from '../soak/stack/processes.ts';

const patienceMs = 300_000;
const main = resolve(import.meta.dirname, '../soak/main.ts');
const temporary = mkdtempSync(join(tmpdir(), 'sluice-soak-test-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts the soak as `npm run soak` does, with its own folder for temporary files. */
const start = (...options: string[]) => {
  const child = spawn(process.execPath, [main, ...options], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const output = { out: '', notes: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.notes += text;
  });
  return { child, output };
};

const expectNothingLeft = async () => {
  // Node and the CDK keep caches there as well.
  expect(readdirSync(temporary).filter((name) => name.startsWith('sluice-'))).toEqual([]);
  const left = (await listProcesses()).filter(({ command }) => command.includes(temporary));
  expect(left.map(({ command }) => command)).toEqual([]);
};

describe('the soak', { timeout: patienceMs }, () => {
  it('finds every invariant to hold after kills and outages, with duplicates and poison in the load', async () => {
    const options = ['--seconds', '20', '--kills', '3', '--rate', '25', '--seed', '4', '--json'];
    const { child, output } = start(...options);
    const [code] = await once(child, 'close');
    expect(output.notes).toContain('--seed 4');
    const figures = JSON.parse(output.out) as Figures;
    expect(figures.findings).toEqual([]);
    expect(code).toBe(0);
    expect(figures.kills).toBeGreaterThanOrEqual(3);
    expect(figures.engineKills).toBeGreaterThanOrEqual(1);
    // Without root no disk can be filled, and the run says so.
    expect(figures.fullDisks > 0).toBe(!output.notes.includes('No disk is filled'));
    expect(figures.duplicates).toBeGreaterThan(0);
    expect(figures.quarantined).toBeGreaterThan(0);
    expect(figures.events).toBe(figures.recorded + figures.quarantined);
    await expectNothingLeft();
  });

  it('leaves no process and no folder behind when it is interrupted', async () => {
    const { child, output } = start('--seconds', '600', '--kills', '2', '--rate', '10', '--seed', '6');
    while (!output.notes.includes('(1 of ') && child.exitCode === null) {
      await Promise.race([once(child.stderr, 'data'), once(child, 'close')]);
    }
    child.kill('SIGINT');
    await once(child, 'close');
    expect(output.notes).toContain('Stopped.');
    expect(child.exitCode).toBe(130);
    await expectNothingLeft();
  });
});
