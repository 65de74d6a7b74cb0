import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import { addModel } from '../../../../cli/commands/model.ts';
import { runCommand } from '../../../support/run-command.ts';
import { temporaryFiles } from '../../../support/temporary-files.ts';
import { documentA, documentB, entries, formula } from './fixture.ts';

const { folder, inFolder } = temporaryFiles();
const events = inFolder('events.jsonl', entries.map((entry) => JSON.stringify(entry)).join('\n'));
const a = inFolder('a.json', JSON.stringify(documentA));
const b = inFolder('b.json', JSON.stringify(documentB()));

const compare = (...args: readonly string[]) => runCommand(addModel, 'model', 'compare', ...args);
const withoutFolder = (text: string): string => text.replaceAll(`${folder}/`, '');

describe('sluice model compare', () => {
  it('says in words what would change', async () => {
    const { stdout, stderr, code } = await compare(a, b, '--events', events);
    expect([code, stderr]).toEqual([0, '']);
    await expect(withoutFolder(stdout)).toMatchFileSnapshot('./expected.txt');
  });

  it('gives programs the same figures', async () => {
    const { stdout } = await compare(a, b, '--events', events, '--json');
    const expected = readFileSync(new URL('./expected.json', import.meta.url), 'utf8');
    expect(JSON.parse(withoutFolder(stdout))).toEqual(JSON.parse(expected));
  });

  it('finds no difference of a model from itself', async () => {
    const { stdout } = await compare(b, b, '--events', events);
    for (const line of [
      'No lead moves.',
      'No hand-off would start or stop.',
      'No nurture track would start, stop or change.',
      'Both models disqualify the same leads.',
    ])
      expect(stdout).toContain(line);
  });

  it('lists the greatest moves for programs, and says how many more there are', async () => {
    const { stdout } = await compare(a, b, '--events', events, '--json', '--top', '2');
    const { moved, moves, movesLeft } = JSON.parse(stdout);
    expect([moves.length, movesLeft]).toEqual([2, moved - 2]);
  });

  it('writes all leads that move for spreadsheets, and none of their ids is a formula', async () => {
    const csv = join(folder, 'moves.csv');
    const { stdout } = await compare(a, b, '--events', events, '--json', '--top', '0', '--csv', csv);
    const rows = parse<Record<string, string>>(readFileSync(csv), { columns: true });
    expect(rows).toHaveLength(JSON.parse(stdout).moved);
    expect(rows.map(({ leadId }) => leadId)).toContain(`'${formula}`);
    expect(rows.find(({ leadId }) => leadId === 'ann')).toMatchObject({
      tierA: 'good',
      tierB: 'risky',
      scoreA: '72.5',
      actionA: 'hand-off sales',
      actionB: 'nurture welcome',
    });
  });

  it('draws the flows, with a title, a description and a number on each', async () => {
    const svg = join(folder, 'flows.svg');
    await compare(a, b, '--events', events, '--svg', svg);
    const picture = readFileSync(svg, 'utf8');
    expect(picture).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description">\n<title id="title">/);
    expect(picture).toContain('17 leads by their tiers under models A and B.');
    expect(picture.match(/<path class="flow/g)).toHaveLength(3);
    expect(picture).toContain('>▼ 4</text>');
    expect(picture).not.toMatch(/<script|href=/);
  });

  it('judges as of an earlier instant by what had happened by then', async () => {
    const { stdout } = await compare(a, b, '--events', events, '--at', '2026-03-01T10:00:00Z', '--json');
    const { leads, leftOut, winRates } = JSON.parse(stdout);
    expect([leads, leftOut.unknown, winRates.all]).toEqual([16, 1, { won: 0, lost: 0, rate: null }]);
  });

  it('says how many entries are rejected, and why the first is', async () => {
    const broken = inFolder('broken.jsonl', `${readFileSync(events, 'utf8')}\nnonsense\n`);
    const { stderr, code } = await compare(a, b, '--events', broken);
    expect(code).toBe(0);
    expect(withoutFolder(stderr)).toBe(
      `1 entry is rejected and left out; the first is broken.jsonl:${entries.length + 1}: line ${entries.length + 1}, column 1: given "n"; allowed: an EventBridge entry as JSON\n`,
    );
  });

  it.each([
    [[a, b], 1, 'no local stack answers at http://127.0.0.1:1;'],
    [['--shadow'], 1, 'no local stack answers at http://127.0.0.1:1;'],
    [[a, b, '--events', events, '--endpoint', 'aws'], 2, 'given --events and --endpoint'],
    [[a, join(folder, 'missing.json'), '--events', events], 1, "can't be read: there is no such file"],
    [[a, 'small@7', '--events', events], 1, "given small@7, which models/ doesn't have"],
    [[a, b, '--events', events, '--svg', events], 2, 'would be written over'],
    [[a, b, '--events', inFolder('empty.jsonl', '')], 1, 'no event to compare models on'],
  ])('refuses %j', async (args, code, message) => {
    vi.stubEnv('SLUICE_ENDPOINT', 'http://127.0.0.1:1');
    const ran = await compare(...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(message);
  });

  it('writes no CSV over a shipped model that is named by its version', async () => {
    const shipped = join(import.meta.dirname, '../../../../models/success-ready.json');
    const nothing = inFolder('without-events.jsonl', '');
    const { code, stderr } = await compare('success-ready@5', b, '--events', nothing, '--csv', shipped);
    expect(code).toBe(2);
    expect(stderr).toContain('would be written over');
  });

  it('says before it compares that the picture can not be written, and leaves no CSV', async () => {
    const [csv, svg] = [join(folder, 'beside.csv'), join(folder, 'nowhere', 'flows.svg')];
    const nothing = inFolder('no-events.jsonl', '');
    const { code, stderr } = await compare(a, b, '--events', nothing, '--csv', csv, '--svg', svg);
    expect(code).toBe(1);
    expect(stderr).toContain(`${svg} can't be written`);
    expect(existsSync(csv)).toBe(false);
  });

  it('leaves no CSV if the comparison fails', async () => {
    const csv = join(folder, 'failed.csv');
    await compare(a, b, '--events', inFolder('nothing.jsonl', ''), '--csv', csv);
    expect(existsSync(csv)).toBe(false);
  });
});
