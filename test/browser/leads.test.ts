import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStackApi, type StackApi } from './support/api.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';
import { findCutTexts } from './support/cut-texts.ts';

const script = '<img src=x onerror=document.title="taken"><script>document.title="taken"</script>';
/** Attributes are shorter than this; whatever sends longer ones must not break the page either. */
const long = 'W'.repeat(10_000);
/** A name that would turn a sentence around, with a character of two halves where it is cut. */
const turning = `${'x'.repeat(59)}😀😀\u202Egnp.exe\u2069`;

const narrow = { viewport: { width: 360, height: 800 } };

const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');

describe.skipIf(!hasChromium)('the page Leads', () => {
  let opened: OpenedConsole;
  let api: StackApi;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
    api = createStackApi(opened.endpoint);
    await Promise.all([
      api.handOff('l-script', { name: script, company: script }),
      api.handOff('l-long', { name: 'W'.repeat(900), company: '\u0e01\u0e49'.repeat(400) }),
      api.handOff('l-usual', { name: 'Ada Buyer', company: 'Acme' }),
    ]);
  });
  afterAll(() => opened?.close());

  it('shows hostile names as text, within 360 pixels', async () => {
    const page = await opened.open({ context: narrow });
    await page.route('**/api/leads?*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll('W'.repeat(900), long) });
    });
    await page.goto(`${opened.endpoint}/console/#/leads`);
    await page.getByRole('link', { name: script }).waitFor();
    expect(await page.title()).toBe('Leads · Sluice');
    const name = page.getByTitle(long);
    expect((await name.innerText()).length).toBeLessThan(300);
    expect(await widthOf(page)).toBe(360);
    opened.assertNoErrors();
  });

  it('shows hostile names of possible duplicates as text, in whole sentences', async () => {
    const { leads } = await api.call<{ leads: { leadId: string }[] }>({ role: 'admin' }, 'GET', '/api/leads');
    const listed = leads.find(({ leadId }) => leadId === 'l-usual');
    const pair = (names: readonly [string, string]) => ({
      leads: names.map((name, i) => ({ ...listed, leadId: `${name.slice(0, 9)}-${i}`, name, company: name })),
      types: ['email'],
      notedAt: '2026-03-01T10:00:00.000Z',
    });
    const page = await opened.open({ context: narrow });
    await page.route('**/api/duplicates?*', (route) =>
      route.fulfill({ json: { duplicates: [pair([long, script]), pair([turning, 'Ada'])], cursor: null } }),
    );
    await page.goto(`${opened.endpoint}/console/#/leads?show=duplicates`);
    await page.locator('.pairs').waitFor();
    expect(await widthOf(page)).toBe(360);
    expect(await page.getByTitle(long).first().innerText()).toMatch(/^W{50,100}…$/);
    const [keep] = await page
      .getByRole('link', { name: 'x'.repeat(59) })
      .filter({ hasText: '\u2068' })
      .allInnerTexts();
    expect(keep).toContain(`\u2068${'x'.repeat(59)}😀…\u2069`);
    opened.assertNoErrors();
  });

  it.each([
    ['en', 1_280],
    ['es', 1_280],
    ['en', 360],
    ['es', 360],
  ] as const)(
    'cuts off nothing that cannot be read whole, neither of the table nor of the navigation, in %s at %i pixels',
    async (locale, width) => {
      const page = await opened.open({
        place: '#/leads',
        context: { locale, viewport: { width, height: 800 } },
      });
      const cells = page.locator('.leads-scroll :is(th, td)');
      await cells.last().waitFor();
      expect(await findCutTexts(cells)).toEqual([]);
      expect(await findCutTexts(page.locator('nav[aria-label]'))).toEqual([]);
    },
  );

  it('has all columns beside the navigation at 1,280 pixels', async () => {
    const page = await opened.open({
      place: '#/leads',
      context: { viewport: { width: 1_280, height: 800 } },
    });
    const table = page.locator('.leads-scroll');
    await table.locator('td').first().waitFor();
    expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });
});
