import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from '../../console/build.ts';
import { hasChromium } from '../../test/browser/support/chromium.ts';
import type { Measure } from '../measure.ts';
import { measureFirstLoad } from './first-load.ts';
import { measureLongestTasks } from './longest-tasks.ts';

const mostKilobytes = 60;

const firstLoad = async (): Promise<Measure> => {
  const outDir = mkdtempSync(join(tmpdir(), 'sluice-console-'));
  try {
    await buildConsole({ outDir });
    const files = measureFirstLoad(outDir);
    const kilobytes = [...files].map(([name, bytes]) => [`${name}, KB`, bytes / 1_024] as const);
    return {
      name: 'first load of the console, compressed',
      value: kilobytes.reduce((sum, [, each]) => sum + each, 0),
      unit: 'KB',
      limit: { atMost: mostKilobytes },
      details: Object.fromEntries(kilobytes),
    };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
};

const skipped: Measure = {
  name: 'longest tasks of the page Leads',
  value: 0,
  unit: 'measured',
  details: { skipped: 'Chromium is not here: the Debian package chromium, or its path in CHROMIUM' },
};

/** Measures the console: what is loaded before a page is seen, and how long the page Leads is blocked at most. */
export const consolePage = async (rounds: number): Promise<readonly Measure[]> => [
  await firstLoad(),
  ...(hasChromium ? await measureLongestTasks(rounds) : [skipped]),
];
