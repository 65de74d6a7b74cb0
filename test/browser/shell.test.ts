import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';

describe.skipIf(!hasChromium)('the console', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole();
  });
  afterAll(() => opened?.close());

  it('shows the page Today first, with the pages that an admin may see', async () => {
    const page = await opened.open();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    const names = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts();
    expect(names).toEqual(['Today', 'Leads', 'Funnel', 'Scoring model', 'Health', 'Try it']);
    opened.assertNoErrors();
  });

  it('says so of an address that is no page, and leads back', async () => {
    const page = await opened.open({ place: '#/nothing' });
    await page.getByRole('link', { name: 'Go to Today' }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  });

  it('is shown in Spanish to those who read Spanish', async () => {
    const page = await opened.open({ context: { locale: 'es-ES' } });
    await page.getByRole('heading', { level: 1, name: 'Hoy' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
  });

  it('says of a page that a role may not open only that', async () => {
    const page = await opened.open({ as: { role: 'seller' }, place: '#/health' });
    await page.getByText('Your role does not show this.').waitFor();
    expect(await page.locator('main').getByRole('combobox').count()).toBe(0);
    opened.assertNoErrors();
  });

  it('shows a page as it is, whichever page was shown before', async () => {
    const page = await opened.open();
    const readStyle = async (): Promise<unknown> => {
      await page.getByLabel('Whose').waitFor();
      return page.evaluate("getComputedStyle(document.querySelector('main .filters label')).flex");
    };
    const before = await readStyle();
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'Rejected events' }).waitFor();
    await page.getByRole('link', { name: 'Today' }).click();
    expect(await readStyle()).toBe(before);
  });

  it('says that a page could not be loaded, and tries again', async () => {
    const page = await opened.open();
    const file = /\/assets\/funnel-[^/]*\.js$/;
    await page.route(file, (route) => route.abort());
    await page.getByRole('link', { name: 'Funnel' }).click();
    await page.getByText('Sluice cannot be reached.').waitFor();
    await page.unroute(file);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Funnel' }).waitFor();
  });

  it('lets a load end that takes longer than the pause between two', async () => {
    const page = await opened.open({ place: '#/health' });
    await page.clock.install();
    let [begun, aborted] = [0, 0];
    page.on('requestfailed', (request) => {
      if (request.url().includes('/api/handoffs')) aborted += 1;
    });
    await page.route('**/api/handoffs?*', async (route) => {
      begun += 1;
      if (begun > 1) await route.continue();
    });
    const asked = page.waitForRequest('**/api/handoffs?*');
    await page.getByRole('link', { name: 'Today' }).click();
    await asked;
    await page.clock.runFor(120_000);
    expect([begun, aborted]).toEqual([1, 0]);
  });

  it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s', async (colorScheme) => {
    // axe is evaluated in the page, which its policy would refuse.
    const page = await opened.open({ context: { colorScheme, bypassCSP: true } });
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
