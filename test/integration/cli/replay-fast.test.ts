import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from '../../support/sluice-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { folder } = temporaryFiles();
const sample = 'cli/sample/events.jsonl';

/** The first events of the sample: the whole stack takes minutes for all of them if the machine has other work. */
const writeBeginning = (): string => {
  const file = join(folder, 'beginning.jsonl');
  const lines = readFileSync(sample, 'utf8').split('\n').slice(0, 800);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

const longestMs = 480_000;

/** Returns the leads that a replay writes. Their versions count commits, of which the stack makes fewer. */
const readLeads = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { version: _version, ...lead } = JSON.parse(line);
      return lead;
    });

describe('sluice replay --fast', () => {
  it('gives the leads and the rejections of the sample that the whole stack gives', {
    timeout: longestMs,
  }, async () => {
    const events = writeBeginning();
    const [whole, fast] = [join(folder, 'whole.jsonl'), join(folder, 'fast.jsonl')];
    const ofStack = JSON.parse((await sluice('replay', events, '--leads', whole, '--json')).stdout);
    const ofFold = JSON.parse((await sluice('replay', events, '--fast', '--leads', fast, '--json')).stdout);
    expect(readLeads(fast)).toEqual(readLeads(whole));
    const { received, recorded, duplicates, quarantined, byStage, byTier, byCode } = ofStack;
    expect(ofFold).toMatchObject({ received, recorded, duplicates, quarantined, byStage, byTier, byCode });
  });

  it('refuses to write announcements, which only the stack makes', async () => {
    const { code, stderr } = await sluice(
      'replay',
      sample,
      '--fast',
      '--emitted',
      join(folder, 'emitted.jsonl'),
    );
    expect(code).toBe(2);
    expect(stderr).toContain("option '--fast' cannot be used with option '--emitted <file>'");
  });
});
