import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';
import { walkByTab } from './support/keyboard.ts';

const places = [
  ['Today', '#/'],
  ['Leads', '#/leads'],
  ['Lead', 'the first lead of the list'],
  ['Funnel', '#/funnel?days=365'],
  ['Scoring model', '#/model'],
  ['Health', '#/health'],
  ['Try it', '#/try-it'],
  ['an unknown page', '#/nothing'],
] as const;

/** The dialogs, by the place and the button that opens them. */
const dialogs = [
  ['#/', /^Reject/],
  ['#/', /^Keys/],
  ['the first lead of the list', /^Decide/],
  ['the first lead of the list', /^Set the stage/],
  ['the first lead of the list', /^Merge/],
  ['the first lead of the list', /^Erase/],
] as const;

const languages = ['en', 'es'] as const;

type Look = readonly ['light' | 'dark', 1280 | 360];

const allLooks: readonly Look[] = [
  ['light', 1280],
  ['light', 360],
  ['dark', 1280],
  ['dark', 360],
];

/** A translation has the same colours, so that each scheme and each width once are enough for it. */
const looksIn = { en: allLooks, es: [['light', 360] as const, ['dark', 1280] as const] };

const unloaded = `document.querySelector('main .state-loading') !== null`;

/** Waits until nothing is loading any more, also what is loaded only when it is seen. */
const untilLoaded = async (page: Page): Promise<void> => {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(`!(${unloaded})`);
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await page.waitForFunction(`!(${unloaded})`);
  await page.evaluate('scrollTo(0, 0)');
};

const openDetails = async (page: Page): Promise<void> => {
  await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`);
  await untilLoaded(page);
};

const checkLooks = async (page: Page, looks: readonly Look[]): Promise<string[]> => {
  const found: string[] = [];
  for (const [colorScheme, width] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    for (const finding of await findViolations(page)) found.push(`${colorScheme}, ${width}: ${finding}`);
  }
  return found;
};

describe.skipIf(!hasChromium)('every page', () => {
  let opened: OpenedConsole;
  const pages = new Map<string, Page>();
  beforeAll(async () => {
    opened = await openConsole();
    for (const locale of languages) {
      // axe is evaluated in the page, which its policy would refuse.
      pages.set(locale, await opened.open({ context: { locale, bypassCSP: true, reducedMotion: 'reduce' } }));
    }
  });
  afterAll(() => opened?.close());

  /** Goes to a place as a reader does who is signed in already. */
  const goTo = async (place: string, language: string): Promise<Page> => {
    const page = pages.get(language);
    if (page === undefined) throw new Error(`no page is open in ${language}`);
    await page.setViewportSize({ width: 1280, height: 900 });
    if (place.startsWith('#')) {
      await page.goto(`${opened.endpoint}/console/${place}`);
    } else {
      await page.goto(`${opened.endpoint}/console/#/leads`);
      await page.locator('main a[href^="#/leads/"]').first().click();
      await page.waitForURL(/#\/leads\/./);
    }
    await untilLoaded(page);
    return page;
  };

  describe.each(places)('%s', (_, place) => {
    describe.each(languages)('in %s', (language) => {
      let page: Page;
      // One visit is for all its tests.
      beforeAll(async () => {
        page = await goTo(place, language);
      });

      it.runIf(language === 'en')(
        'is reached by Tab in all its parts, and shows where the focus is',
        async () => {
          const { unreached, unseen, reached } = await walkByTab(page);
          expect({ unreached, unseen }).toEqual({ unreached: [], unseen: [] });
          expect(reached).toBeGreaterThan(2);
        },
      );

      it('meets WCAG 2.2 AA in light and dark, at 360 and 1280 pixels, with open details', async () => {
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        await openDetails(page);
        expect(await checkLooks(page, looksIn[language])).toEqual([]);
      });

      it('is not wider than a screen of 360 or 320 pixels, with open details', async () => {
        await openDetails(page);
        for (const width of [360, 320]) {
          await page.setViewportSize({ width, height: 800 });
          await untilLoaded(page);
          expect([width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
            width,
            width,
          ]);
        }
      });
    });
  });

  it.each(dialogs)(
    'meets WCAG 2.2 AA with the dialog of %s %s, which Escape closes',
    async (place, button) => {
      const page = await goTo(place, 'en');
      await page.getByRole('button', { name: button }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await checkLooks(page, allLooks)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    },
  );
});
