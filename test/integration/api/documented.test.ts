import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../soak/stack/free-port.ts';
import { type Fence, findFences, parseFences, readDocument } from '../../support/docs.ts';
import { findDifferences } from '../../support/shown-json.ts';

const root = resolve(import.meta.dirname, '../../..');
const command = `"${process.execPath}" "${root}/cli/sluice.js"`;
const blocks = parseFences(readDocument('api.md'));
const scripts = findFences(blocks, 'api');
const shown = findFences(blocks, 'shown');
const separator = '\u001e';

/** Returns a command that waits until an answer of the API is as an expression says. */
const waitUntil = (path: string, expression: string): string =>
  `until curl -s "$API${path}" -H "Authorization: Bearer $TOKEN" | field '${expression}' | grep -qx true; do sleep 0.2; done`;

/** The waits after blocks. What was accepted happens a moment later, while a reader reads on. */
const moments: ReadonlyMap<string, string> = new Map([
  ['events', waitUntil('/leads/api-lead', '.handoffs?.[0]?.status === "open"')],
  ['accept', waitUntil('/leads/api-lead', '.handoffs[0].status === "accepted"')],
  ['retry', waitUntil('/leads/api-lead', '.stage === "opportunity"')],
  ['etag', waitUntil('/funnel', '.leads === 345')],
]);

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
  const script = [...scripts]
    .map(([name, { body }]) => `${body}\nprintf '${separator}'\n${moments.get(name) ?? ''}`)
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
  const texts = printed.split(separator);
  return new Map([...scripts.keys()].map((name, i) => [name, (texts[i] ?? '').trim()]));
};

/** Replaces the ids that are made, which differ from run to run. */
const withoutIds = (text: string): string => text.replace(/\b(api|h)-[0-9a-f]{20,}/g, '$1-…').trim();

const findDifferencesOf = ({ language, body }: Fence, actual: string): string[] => {
  if (language === 'json') return findDifferences(JSON.parse(body), JSON.parse(actual));
  return withoutIds(actual) === withoutIds(body) ? [] : [`shown ${body}, but it is ${actual}`];
};

describe('docs/api.md', () => {
  it('has no command that is not executed, and shows nothing that no command prints', () => {
    const commands = blocks.filter(({ language, marks }) => language === 'sh' && !marks.has('api'));
    expect(commands.map(({ line }) => line)).toEqual([]);
    const others = blocks.filter(({ language, marks }) => language !== 'sh' && !marks.has('shown'));
    expect(others.map(({ line }) => line)).toEqual([]);
    expect([...scripts.keys()]).toEqual(expect.arrayContaining([...shown.keys()]));
  });

  it('prints what it shows if it is followed word for word', { timeout: 180_000 }, async () => {
    const printed = await follow();
    for (const [name, fence] of shown)
      expect(findDifferencesOf(fence, printed.get(name) ?? ''), name).toEqual([]);
    const refused = [...printed].filter(([, text]) => /urn:sluice:problem:|^\{"message":/.test(text));
    expect(refused.map(([name]) => name)).toEqual(['problem']);
    const [first, second] = (printed.get('retry') ?? '').split('\n');
    expect(second).toBe(first);
  });
});
