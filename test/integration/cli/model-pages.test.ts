import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../soak/stack/free-port.ts';
import {
  type Fence,
  findDocSection,
  findFence,
  findFences,
  parseFences,
  readDocument,
} from '../../support/docs.ts';
import { outcomeEvents } from '../../support/outcome-events.ts';
import { runShell } from '../../support/run-shell.ts';
import { type StartedStack, sluiceCommand, startStack } from '../../support/started-stack.ts';

const root = resolve(import.meta.dirname, '../../..');
const publishing = '## Publish and activate a model';

/** The blocks of a page; of the one about scoring models those of publishing alone. */
const fencesOf = (page: string): readonly Fence[] => {
  const text = readDocument(page);
  return parseFences(page === 'models.md' ? findDocSection(text, publishing) : text);
};
const pages = ['comparing-models.md', 'models.md', 'overriding.md', 'calibrating.md'];

/** A folder that looks like a checkout with a changed model and events in it. */
let folder: string;
let port: number;
let stack: StartedStack;

const run = (script: string) =>
  runShell(script.replaceAll('npx sluice', sluiceCommand), {
    cwd: folder,
    env: { SLUICE_ENDPOINT: `http://127.0.0.1:${port}` },
  });

/** Follows a block of a page. Returns what it prints. */
const follow = async (page: string, name: string, code = 0): Promise<string> => {
  const { status, stdout, stderr } = await run(findFence(findFences(fencesOf(page), 'local'), name).body);
  expect(status, `${stdout}${stderr}`).toBe(code);
  return stdout;
};

/** Asks for an explanation of the lead until it has a line, since events take a moment. */
const seeLine = (line: string | RegExp) =>
  expect
    .poll(async () => (await run('npx sluice explain first-lead')).stdout, { timeout: 60_000, interval: 500 })
    .toMatch(line);

/** Writes the shipped model with another rule, as the pages ask their readers to. */
const writeMine = (): void => {
  const document = JSON.parse(readFileSync(join(root, 'models/success-ready.json'), 'utf8'));
  document.dimensions.profile.criteria[0].points += 10;
  writeFileSync(join(folder, 'models/mine.json'), JSON.stringify({ ...document, id: 'mine', version: '1' }));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-model-pages-'));
  cpSync(join(root, 'models'), join(folder, 'models'), { recursive: true });
  writeMine();
  const events = outcomeEvents(1_500).map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(join(folder, 'events.jsonl'), events.join(''));
  port = await freePort();
  stack = await startStack(port, [], folder);
}, 180_000);
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true });
});

describe('the pages about models at work, followed on a local stack', () => {
  it.each(pages)('%s has no command that is not followed', (page) => {
    const unmarked = fencesOf(page).filter(({ language, marks }) => language === 'sh' && !marks.has('local'));
    expect(unmarked.map(({ line }) => line)).toEqual([]);
  });

  it('the README makes the lead that they name', async () => {
    const readme = parseFences(readFileSync(join(root, 'README.md'), 'utf8'));
    const block = readme.find(({ body }) => body.includes('sluice event'))?.body ?? '';
    const { status } = await run(block.split('\n').slice(0, 2).join('\n'));
    expect(status).toBe(0);
    await seeLine('its tier is good');
  });

  it('comparing-models.md compares on a stack and on files, and publishes', async () => {
    expect(await follow('comparing-models.md', 'compare')).toContain('B: mine@1 (models/mine.json)');
    await follow('comparing-models.md', 'events');
    expect(readFileSync(join(folder, 'flows.svg'), 'utf8')).toContain('<svg');
    expect(readFileSync(join(folder, 'moves.csv'), 'utf8')).toContain('leadId,tierA,tierB');
    const printed = await follow('comparing-models.md', 'publish');
    expect(printed).toContain('mine@1 is active now, in place of success-ready@5.');
    expect(printed).toContain('success-ready@5 is active now, in place of mine@1.');
    expect(await follow('comparing-models.md', 'shadow')).toContain('B: mine@1 (the shadow)');
  });

  it('models.md says what differs, activates without actions, and goes back', async () => {
    const printed = await follow('models.md', 'publish');
    expect(printed).toContain('gives 40 points instead of 30.');
    expect(printed).toContain('nothing starts or stops by it');
    expect(printed).toMatch(/activated, no actions +mine@1 +success-ready@5/);
    expect(printed).toContain('success-ready@5 is active now, in place of mine@1.');
  });

  it('overriding.md sets a tier, holds a lead out of hand-offs, and lifts that', async () => {
    expect(await follow('overriding.md', 'tier')).toContain('After: stage mql, active, tier excellent');
    await seeLine(/set it to excellent until/);
    expect(await follow('overriding.md', 'hold')).toContain('next action: none.');
    await seeLine(/held it out of hand-offs until/);
    expect(await follow('overriding.md', 'lift')).toContain('Lifted the override of lead first-lead.');
  });

  it('calibrating.md learns a model, and takes it into use', async () => {
    expect(await follow('calibrating.md', 'calibrate')).toContain(
      'success-ready@6 is in models/calibrated.json',
    );
    expect(await follow('calibrating.md', 'use')).toContain('success-ready@6 is active now');
    // So few customers measure lanes, and are too few to learn from.
    expect(await follow('calibrating.md', 'rule', 3)).toContain('Lanes (market segments)');
  });
});
