import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { createStackApi } from './support/api.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';
import { createLeads } from './support/leads-api.ts';
import { preparePictures } from './support/picture-leads.ts';

// `npm run screenshots`: the pictures of docs/images, in both schemes and two widths, of the sample data.

const folder = resolve(import.meta.dirname, '../../docs/images');

const sizes = { wide: { width: 1_280, height: 800 }, narrow: { width: 360, height: 720 } } as const;

/** A page of which pictures are taken. */
interface PicturedPage {
  readonly name: string;
  readonly hash: string;
  /** The part of the page that is there last. */
  readonly ready: string;
  /** Does what is to be seen. @default nothing */
  readonly act?: (page: Page) => Promise<void>;
}

let samples = 0;

/** Sends the sample, for a lead of its own each time, since the second event changes less. */
const sendSample = async (page: Page): Promise<void> => {
  samples += 1;
  const editor = page.getByRole('textbox', { name: 'The event' });
  await editor.fill((await editor.inputValue()).replace('"try-it"', `"try-it-${samples}"`));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.trace .step-done').nth(5).waitFor();
  // On narrow screens what happens is below the sample.
  if (page.viewportSize()?.width !== sizes.narrow.width) return;
  await page.evaluate("document.querySelector('#happened').parentElement.scrollIntoView()");
};

const listPictured = (leadId: string): readonly PicturedPage[] => [
  { name: 'today', hash: '#/', ready: '[data-handoff]' },
  { name: 'leads', hash: '#/leads?tier=good', ready: '.count button' },
  { name: 'lead', hash: `#/leads/${leadId}`, ready: '.timeline .entry' },
  { name: 'funnel', hash: '#/funnel?days=90', ready: '.funnel svg' },
  { name: 'model', hash: '#/model', ready: '.tier-bounds' },
  { name: 'health', hash: '#/health', ready: '.quarantine tbody tr' },
  // The last one: it changes what the others show.
  { name: 'try-it', hash: '#/try-it', ready: '.try-it', act: sendSample },
];

/** The time in which a page settles once all is there, in milliseconds. */
const settleMs = 700;

const show = async (page: Page, address: string, { ready, act }: PicturedPage): Promise<void> => {
  await page.goto(address);
  await page.locator(ready).first().waitFor();
  await page.locator('.state-loading').first().waitFor({ state: 'detached' });
  await act?.(page);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(settleMs);
};

const listPages = async (opened: OpenedConsole): Promise<readonly (readonly [string, Page])[]> => {
  const pages: [string, Page][] = [];
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, viewport] of Object.entries(sizes))
      pages.push([
        `${colorScheme}-${size}`,
        await opened.open({ context: { colorScheme, viewport, locale: 'en-GB' } }),
      ]);
  return pages;
};

const takeAll = async (): Promise<void> => {
  const opened = await openConsole();
  try {
    const leadId = await preparePictures(createStackApi(opened.endpoint), createLeads(opened.endpoint));
    const pages = await listPages(opened);
    for (const pictured of listPictured(leadId))
      for (const [kind, page] of pages) {
        await show(page, `${opened.endpoint}/console/${pictured.hash}`, pictured);
        await page.screenshot({ path: `${folder}/${pictured.name}-${kind}.png` });
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
