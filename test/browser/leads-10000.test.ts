import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';
import { chooseFilters, type ManyLeads, openManyLeads, scrollLeads, typeText } from './support/many-leads.ts';

/** The most rows that may be drawn: what is seen of a window of this height, and some more. */
const mostDrawn = 40;

describe.skipIf(!hasChromium)('the page Leads with 10,000 leads', () => {
  let opened: OpenedConsole;
  let many: ManyLeads;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
    many = await openManyLeads(opened, 10_000);
  });
  afterAll(() => opened?.close());

  const rowIndexes = (page: Page): Promise<number[]> =>
    page.evaluate(
      "[...document.querySelectorAll('tbody tr[aria-rowindex]')].map((row) => row.ariaRowIndex * 1)",
    );

  /** Prints a figure for whoever looks; its budget is in `npm run bench -- --only console`. */
  const printLongTasks = async (of: string): Promise<void> => {
    const tasks = await many.takeLongTasks();
    console.log(`tasks over 50 ms, ${of}: ${tasks.map(Math.round).join(', ') || 'none'}`);
  };

  it('counts all of them and draws those in sight, wherever it is scrolled', async () => {
    const { page } = many;
    await printLongTasks('loading');
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
    const atTop = await rowIndexes(page);
    expect(atTop[0]).toBe(2);
    expect(atTop.length).toBeLessThan(mostDrawn);
    await page.getByRole('region', { name: 'Leads' }).focus();
    await page.keyboard.press('End');
    await page.locator('tr[aria-rowindex="10001"]').waitFor();
    expect((await rowIndexes(page)).length).toBeLessThan(mostDrawn);
    await page.keyboard.press('Home');
    await page.locator('tr[aria-rowindex="2"]').waitFor();
    await scrollLeads(page);
    await printLongTasks('scrolling');
  });

  it('has the best, the latest or the first one first', async () => {
    const { page } = many;
    const first = () => page.locator('tr[aria-rowindex="2"]');
    await first().getByText('100', { exact: true }).waitFor();
    await page.getByLabel('Sorted by').selectOption('name');
    await first()
      .getByRole('link', { name: /^Ana Example 0$/ })
      .waitFor();
    expect(new URL(page.url()).hash).toBe('#/leads?sort=name');
    await page.getByLabel('Sorted by').selectOption('score');
    await chooseFilters(page);
    await printLongTasks('filters and orders');
  });

  it('finds a text whatever its accents, and does not put it into the address', async () => {
    const { page } = many;
    await page.getByLabel('Find').fill('INIGO MUNOZ 11');
    await page.getByText(/^\d+ of 10,000 leads$/).waitFor();
    const [row] = await page.locator('tr[aria-rowindex="2"]').allInnerTexts();
    expect(row).toContain('Íñigo Muñoz 11');
    expect(page.url()).not.toMatch(/munoz/i);
    await page.getByLabel('Find').fill('nobody of this name');
    await page.getByText('No lead matches the filters.').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('10,000 leads', { exact: true }).waitFor();
    await typeText(page);
    await printLongTasks('typing');
  });

  it('lists those of a stage and a tier, which the address names', async () => {
    const { page } = many;
    await page.goto(`${opened.endpoint}/console/#/leads?stage=sql&tier=risky`);
    await page.getByText(/^\d[\d,]* (of 10,000 )?leads$/).waitFor();
    const rows = await page.locator('tr[aria-rowindex]:not([aria-rowindex="1"])').allInnerTexts();
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row).toMatch(/Risky[\s\S]*Qualified by sales/);
    opened.assertNoErrors();
  });
});
