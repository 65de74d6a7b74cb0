import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../soak/stack/free-port.ts';
import { type Fence, findFence, findFences, parseFences, readDocument } from '../../support/docs.ts';
import { writeDocumentedSubscriptions } from '../../support/documented-subscriptions.ts';
import { runShell, type ShellResult } from '../../support/run-shell.ts';
import { findDifferences } from '../../support/shown-json.ts';
import { type StartedStack, sluiceCommand, startStack, startUntil } from '../../support/started-stack.ts';

const root = resolve(import.meta.dirname, '../../..');

const isThere = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    try {
      execFileSync(program, ['version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }
};

/** The programs that the pages use, besides those that every system has. */
const missing = ['openssl', 'curl', 'jq', 'od'].filter((program) => !isThere(program));

const pages = [
  'sources.md',
  'webhooks.md',
  'identity.md',
  'deliveries.md',
  ...readdirSync(join(root, 'docs/integrations')).map((name) => `integrations/${name}`),
];
const fencesOf = (page: string): readonly Fence[] => parseFences(readDocument(page));
const hookPages = pages.filter((page) => fencesOf(page).some(({ marks }) => marks.has('webhook')));

/** A secret as a tool shows it. This one has the form of Standard Webhooks, and is a text for all others. */
const pastedSecret = `whsec_${Buffer.alloc(32, 'pasted').toString('base64')}\n`;

/** Marks of commands that aren't executed, or not as they are. */
const known = ['webhook', 'local', 'background', 'start', 'form', 'vendor', 'aws'];

/** A folder that looks like a checkout, with subscriptions in it. */
let folder: string;
let port: number;
let stack: StartedStack;

const adapt = (script: string): string =>
  script
    .replaceAll('npx sluice', sluiceCommand)
    .replaceAll('http://127.0.0.1:8010', `http://127.0.0.1:${port}`);

const environment = () => ({ SLUICE_ENDPOINT: `http://127.0.0.1:${port}` });

const run = ({ body, marks }: Fence): Promise<ShellResult> =>
  runShell(adapt(body), {
    cwd: folder,
    env: environment(),
    ...(marks.has('stdin') && { stdin: pastedSecret }),
  });

const follow = async (page: string, name: string): Promise<string> => {
  const { status, stdout, stderr } = await run(findFence(findFences(fencesOf(page), 'local'), name));
  expect(status, stderr).toBe(0);
  return stdout;
};

/** Follows a block until it prints all of some lines: what was sent is processed while a reader reads on. */
const followUntil = async (page: string, name: string, lines: readonly string[]): Promise<void> => {
  await expect
    .poll(
      async () =>
        findMissing(lines, (await run(findFence(findFences(fencesOf(page), 'local'), name))).stdout),
      {
        timeout: 60_000,
        interval: 500,
      },
    )
    .toEqual([]);
};

/** Returns the port of a receiver: the only number of four digits in its command. */
const portOf = (script: string): number => Number(/\b\d{4}\b/.exec(script)?.[0]);

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });

const findMissing = (lines: readonly string[], printed: string): string[] =>
  lines.filter((line) => !printed.includes(line));

const shownLines = (page: string, name: string): string[] =>
  findFence(findFences(fencesOf(page), 'lines'), name)
    .body.split('\n')
    .filter((line) => line !== '');

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Reads what `curl -i` printed of several requests. */
const parseAnswers = (printed: string): Answer[] =>
  printed
    .split(/^(?=HTTP\/1\.1 )/m)
    .filter((text) => text !== '')
    .map((text) => {
      const [head = '', ...body] = text.split(/\r?\n\r?\n/);
      return { status: Number(head.split(' ')[1]), body: body.join('\n').trim() };
    });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-pages-'));
  for (const name of ['docs', 'models', 'sources', 'test']) symlinkSync(join(root, name), join(folder, name));
  writeDocumentedSubscriptions(join(folder, 'deliveries'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the pages about what comes in and goes out', () => {
  it.each(pages)('%s has no command that is not followed, or marked as one that cannot be', (page) => {
    const unmarked = fencesOf(page).filter(
      ({ language, marks }) => language === 'sh' && !known.some((mark) => marks.has(mark)),
    );
    expect(unmarked.map(({ line }) => line)).toEqual([]);
  });
});

describe.skipIf(missing.length > 0)('the pages, followed on a local stack', () => {
  beforeAll(async () => {
    port = await freePort();
    stack = await startStack(port, ['--deliveries', 'deliveries'], folder);
  }, 180_000);
  afterAll(() => stack.stop());

  const secretPages = pages.filter((page) => findFences(fencesOf(page), 'local').has('secret'));
  it.each(secretPages)('%s sets a secret', { timeout: 60_000 }, async (page) => {
    await follow(page, 'secret');
  });

  const [taken] = [findFence(findFences(fencesOf('integrations/README.md'), 'answer'), 'taken')];
  it.each(hookPages)(
    '%s has a request that is taken, and one that is refused',
    { timeout: 90_000 },
    async (page) => {
      const [fence] = fencesOf(page).filter(({ marks }) => marks.has('webhook'));
      const { status, stdout, stderr } = await run(fence as Fence);
      expect(status, stderr).toBe(0);
      const [right, wrong] = parseAnswers(stdout);
      expect([right?.status, wrong?.status]).toEqual([200, 401]);
      expect(findDifferences(JSON.parse(taken.body), JSON.parse(right?.body ?? ''))).toEqual([]);
      expect(JSON.parse(wrong?.body ?? '')).toMatchObject({ type: 'urn:sluice:problem:unproven' });
    },
  );

  const seenPages = hookPages.filter((page) => findFences(fencesOf(page), 'local').has('seen'));
  it.each(seenPages)('%s shows how the lead has changed', { timeout: 90_000 }, async (page) => {
    await followUntil(page, 'seen', [...shownLines(page, 'seen'), 'wrong-signature']);
  });

  it.each([
    ['sources.md', 'try'],
    ['sources.md', 'list'],
    ['identity.md', 'find'],
    ['identity.md', 'duplicates'],
    ['integrations/README.md', 'try'],
    ['integrations/README.md', 'rotate'],
    ['integrations/README.md', 'came'],
    ['integrations/salesforce.md', 'try'],
    ['integrations/salesforce.md', 'missing'],
    ['integrations/hubspot.md', 'target'],
  ])('the commands of %s named %s succeed', { timeout: 60_000 }, async (page, name) => {
    await follow(page, name);
  });

  /** Follows a block beside a command that is stopped afterwards, which prints some lines. */
  const followBeside = async (page: string, name: string, isUp: string): Promise<void> => {
    const [background] = fencesOf(page).filter(({ marks }) => marks.has('background'));
    const script = `${adapt(background?.body ?? '').trim()}`;
    const beside = await startUntil(isUp, ['sh', '-eu', '-c', `echo up; exec ${script}`], {
      cwd: folder,
      env: environment(),
    });
    try {
      // What is delivered before the receiver listens comes again with the next minute.
      await expect.poll(() => isListening(portOf(script)), { timeout: 20_000 }).toBe(true);
      await follow(page, name);
      const lines = shownLines(page, background?.marks.get('background') ?? '');
      await expect
        .poll(() => findMissing(lines, beside.printed()), { timeout: 100_000, interval: 200 })
        .toEqual([]);
    } finally {
      await beside.stop();
    }
  };

  it('deliveries.md delivers to a receiver of this machine', { timeout: 180_000 }, async () => {
    await followBeside('deliveries.md', 'deliver', 'Ctrl+C ends it');
    expect(await follow('deliveries.md', 'deliver')).toContain('delivered');
    await follow('deliveries.md', 'replay');
  });

  it('integrations/slack.md posts a message', { timeout: 180_000 }, async () => {
    await followBeside('integrations/slack.md', 'slack', 'up');
  });

  it('integrations/hubspot.md shows its deliveries', { timeout: 60_000 }, async () => {
    expect(await follow('integrations/hubspot.md', 'deliveries')).toContain('hubspot');
  });
});

describe.skipIf(missing.length > 0)('the page about Salesforce, followed on a stack with its sources', () => {
  beforeAll(async () => {
    port = await freePort();
    await follow('integrations/salesforce.md', 'copy');
    await follow('integrations/salesforce.md', 'document');
    stack = await startStack(port, ['--sources', 'my-sources'], folder);
  }, 180_000);
  afterAll(() => stack.stop());

  it('shows one lead of an event on the bus of the partner and of its whole record', {
    timeout: 90_000,
  }, async () => {
    const page = 'integrations/salesforce.md';
    const shown = findFence(findFences(fencesOf(page), 'shown'), 'put');
    expect(findDifferences(JSON.parse(shown.body), JSON.parse(await follow(page, 'put')))).toEqual([]);
    const [event, stage, record] = shownLines(page, 'seen');
    await followUntil(page, 'seen', [`${event}`, `${stage}`]);
    expect(JSON.parse(await follow(page, 'records'))).toMatchObject({ payloads: 1, taken: 1 });
    await followUntil(page, 'seen', [`${event}`, `${stage}`, `${record}`]);
  });
});
