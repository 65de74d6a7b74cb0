import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEntries } from '../../../cli/entries/read-entries.ts';
import { progressBar } from '../../../cli/output/progress.ts';
import { feedWithBar } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { outcomeEvents } from '../../support/outcome-events.ts';
import { sluice } from '../../support/sluice-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { folder, inFolder } = temporaryFiles();
let running: RunningStack;
let events = '';

beforeAll(async () => {
  events = inFolder(
    'events.jsonl',
    outcomeEvents(600)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
  );
  running = await runStack({ onSynthesis: () => {} });
  await feedWithBar(running, readEntries([events]), progressBar('', 0));
}, 300_000);
afterAll(() => running.close());

const calibrate = async (name: string, ...source: string[]) => {
  const [out, report] = [join(folder, `${name}.json`), join(folder, `${name}-report.json`)];
  const { code, stderr } = await sluice(
    ...['calibrate', ...source, '--outcome', 'won', '--within', '30d', '--cut', 'mql'],
    ...['--out', out, '--report', report, '--draft', '--json'],
  );
  expect([0, 3], stderr).toContain(code);
  return { model: readFileSync(out, 'utf8'), report: readFileSync(report, 'utf8') };
};

describe('sluice calibrate', () => {
  it('learns the same model from the ledgers of a stack as from the events that went into it', async () => {
    const fromFiles = await calibrate('files', '--events', events);
    const fromStack = await calibrate('stack', '--endpoint', running.stack.endpoint);
    expect(JSON.parse(fromFiles.report)).toMatchObject({ data: { leads: 600 } });
    const { performance, ...report } = JSON.parse(fromStack.report).calibration;
    const { performance: withoutActive, ...same } = JSON.parse(fromFiles.report).calibration;
    expect(report).toEqual(same);
    expect(performance.slice(0, -1)).toEqual(withoutActive);
    expect(performance.at(-1)).toMatchObject({ name: 'model in use' });
    expect(fromStack.model).toBe(fromFiles.model);
  }, 120_000);

  it('writes a model in which sluice model check finds nothing', async () => {
    const { code, stdout } = await sluice('model', 'check', join(folder, 'files.json'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ errors: 0, warnings: 0 });
    expect(code).toBe(0);
  });
});
