import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../soak/stack/free-port.ts';
import { parseFences, readDocument } from '../../support/docs.ts';
import { findDifferences } from '../../support/shown-json.ts';

const root = resolve(import.meta.dirname, '../../..');
const command = `"${process.execPath}" "${root}/cli/sluice.js"`;
const blocks = parseFences(readDocument('api.md'));
const scripts = blocks.filter(({ language, marks }) => language === 'sh' && marks.has('api'));
const separator = '\u001e';

let stack: ChildProcess;
let endpoint: string;

/** Starts the system as the document says, and waits until it is up. */
beforeAll(async () => {
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  stack = spawn(process.execPath, ['cli/sluice.js', 'start', '--port', `${port}`], { cwd: root });
  let printed = '';
  for await (const chunk of stack.stdout ?? []) {
    printed += chunk;
    if (printed.includes('Ctrl-C stops it')) break;
  }
}, 180_000);
afterAll(async () => {
  const ended = once(stack, 'exit');
  stack.kill('SIGINT');
  await ended;
});

/** Runs all commands of the document in one shell, and returns what each block has printed. */
const follow = async (): Promise<ReadonlyMap<string, string>> => {
  const script = scripts
    .map(({ body }) => `${body}\nprintf '${separator}'`)
    .join('\n')
    .replaceAll('npx sluice', command)
    .replaceAll('http://127.0.0.1:8010', endpoint);
  const shell = spawn('sh', ['-eu', '-c', script], { env: { ...process.env, SLUICE_ENDPOINT: endpoint } });
  let printed = '';
  let problems = '';
  shell.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  shell.stderr.on('data', (chunk) => {
    problems += chunk;
  });
  const [status] = await once(shell, 'close');
  expect(status, problems).toBe(0);
  return new Map(printed.split(separator).map((text, i) => [scripts[i]?.marks.get('api') ?? '', text]));
};

describe('docs/api.md, followed word for word', () => {
  it('prints what it shows', { timeout: 120_000 }, async () => {
    const printed = await follow();
    const shown = blocks.filter(({ marks }) => marks.has('shown'));
    expect(shown.length).toBeGreaterThan(4);
    for (const { marks, body } of shown) {
      const name = marks.get('shown') ?? '';
      const actual: unknown = JSON.parse(printed.get(name) ?? '');
      expect(findDifferences(JSON.parse(body), actual), name).toEqual([]);
    }
  });
});
