import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasChromium } from './support/chromium.ts';
import { openConsole } from './support/console.ts';

// `npm run screenshots`: the pictures of docs/images, in both schemes and two widths, of the sample data.

const folder = resolve(import.meta.dirname, '../../docs/images');

const sizes = { wide: { width: 1_280, height: 800 }, narrow: { width: 360, height: 720 } } as const;

/** The pages, by the names of their pictures. */
const places = [
  ['today', '#/'],
  ['leads', '#/leads'],
  ['lead', undefined],
  ['funnel', '#/funnel?days=90'],
  ['model', '#/model'],
  ['health', '#/health'],
  ['try-it', '#/try-it'],
] as const;

/** The time that pages have to load what they show, in milliseconds. */
const loadMs = 3_000;

const takeAll = async (): Promise<void> => {
  const opened = await openConsole();
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [size, viewport] of Object.entries(sizes)) {
        const page = await opened.open({ context: { colorScheme, viewport, locale: 'en-GB' } });
        for (const [name, place] of places) {
          if (place === undefined) {
            await page.goto(`${opened.endpoint}/console/#/`);
            await page.locator('main a[href^="#/leads/"]').first().click();
          } else {
            await page.goto(`${opened.endpoint}/console/${place}`);
          }
          await page.waitForTimeout(loadMs);
          await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${size}.png` });
        }
        await page.context().close();
      }
    }
    opened.assertNoErrors();
  } finally {
    await opened.close();
  }
};

/** Reduces the pictures to 256 colours, which makes them three times smaller, if pngquant is there. */
const shrink = (): void => {
  spawnSync('pngquant', ['--force', '--ext', '.png', ...globSync(`${folder}/*.png`)]);
};

if (hasChromium) {
  mkdirSync(folder, { recursive: true });
  await takeAll();
  shrink();
}
