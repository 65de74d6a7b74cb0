import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';

interface FunnelAnswer {
  readonly from: string;
  readonly to: string;
  readonly leads: number;
  readonly cells: readonly { readonly stage: string; readonly tier: string; readonly leads: number }[];
  readonly days: readonly {
    readonly moves: readonly {
      readonly from: { readonly stage: string } | null;
      readonly to: { readonly stage: string } | null;
      readonly count: number;
    }[];
  }[];
}

/** A page with what it asked the API for first, and a way to ask by itself. */
interface OpenedFunnel {
  readonly page: Page;
  readonly path: string;
  readonly ask: <T>(path: string) => Promise<T>;
}

const year = '#/funnel?days=365';

/** Goes to a place as a link does, without a new sign-in. */
const go = async ({ endpoint }: OpenedConsole, page: Page, place: string): Promise<void> => {
  await page.goto(`${endpoint}/console/${place}`);
};

const openFunnel = async (opened: OpenedConsole, place = year): Promise<OpenedFunnel> => {
  const page = await opened.open();
  const asked = page.waitForRequest((request) => request.url().includes('/api/funnel'));
  await go(opened, page, place);
  const request = await asked;
  const authorization = (await request.allHeaders()).authorization ?? '';
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${opened.endpoint}${path}`, { headers: { authorization } });
    if (!response.ok)
      throw new Error(`${path} is answered with ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return { page, path: request.url().slice(opened.endpoint.length), ask };
};

/** Counts the leads of all pages of a list. */
const countListed = async (ask: OpenedFunnel['ask'], path: string, cursor?: string): Promise<number> => {
  const page = await ask<{ leads: readonly object[]; cursor: string | null }>(
    cursor === undefined ? path : `${path}&cursor=${encodeURIComponent(cursor)}`,
  );
  return page.leads.length + (page.cursor === null ? 0 : await countListed(ask, path, page.cursor));
};

/** Returns the figures of the leads of now, by the filters of the addresses to which they lead. */
const readFigures = async (page: Page): Promise<Map<string, number>> => {
  const links = await page.getByRole('region', { name: 'Leads now' }).first().getByRole('link').all();
  const figures = await Promise.all(
    links.map(async (link) => [await link.getAttribute('href'), Number(await link.innerText())] as const),
  );
  return new Map(figures.map(([href, figure]) => [href ?? '', figure]));
};

describe.skipIf(!hasChromium)('the page Funnel', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole();
  });
  afterAll(() => opened?.close());

  it('shows the leads of now as the API counts them, each figure with its filter', async () => {
    const { page, path, ask } = await openFunnel(opened);
    const funnel = await ask<FunnelAnswer>(path);
    expect(funnel.leads).toBeGreaterThan(0);
    await vi.waitFor(async () => {
      const figures = await readFigures(page);
      for (const { stage, tier, leads } of funnel.cells) {
        expect(figures.get(`#/leads?stage=${stage}&tier=${tier}`)).toBe(leads);
      }
      expect(figures.get('#/leads')).toBe(funnel.leads);
    }, 10_000);
    opened.assertNoErrors();
  });

  it('leads from a figure to a list of as many leads', async () => {
    const { page, path, ask } = await openFunnel(opened);
    const { cells } = await ask<FunnelAnswer>(path);
    const most = cells.reduce((a, b) => (b.leads > a.leads ? b : a));
    const href = `#/leads?stage=${most.stage}&tier=${most.tier}`;
    await page.locator(`a[href="${href}"]`).click();
    await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
    expect(new URL(page.url()).hash).toBe(href);
    expect(await countListed(ask, `/api/leads${href.slice('#/leads'.length)}&limit=200`)).toBe(most.leads);
  });

  it('shows the moves between stages as the API counts them, in the table of the picture', async () => {
    const { page, path, ask } = await openFunnel(opened);
    const { days } = await ask<FunnelAnswer>(path);
    const moved = days
      .flatMap(({ moves }) => moves)
      .filter(({ from, to }) => from?.stage !== to?.stage)
      .reduce((sum, { count }) => sum + count, 0);
    expect(moved).toBeGreaterThan(0);
    const picture = page.getByRole('img', { name: 'Moves of leads from stage to stage' });
    await picture.waitFor();
    await page.getByText('Show as a table').click();
    const table = page.getByRole('table', { name: 'Moves of leads from stage to stage' });
    const counts = await table.locator('td.number').allInnerTexts();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(moved);
    expect(await picture.locator('path').count()).toBe(counts.length);
  });

  it('has the chosen time in the address, and asks for no more than that', async () => {
    const { page } = await openFunnel(opened);
    const asked = page.waitForRequest((request) => request.url().includes('/api/funnel'));
    await page.getByRole('link', { name: '7 days' }).click();
    const { searchParams } = new URL((await asked).url());
    expect(new URL(page.url()).hash).toBe('#/funnel?days=7');
    expect(Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '')).toBe(
      6 * 86_400_000,
    );
    await page.getByLabel('From').fill('2026-01-01');
    await page.getByLabel('To', { exact: true }).fill('2026-01-31');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('No lead moved to another stage in this time.').waitFor();
    expect(new URL(page.url()).hash).toBe('#/funnel?from=2026-01-01&to=2026-01-31');
  });

  it('names the wrong day, its value and what is allowed, and asks for nothing', async () => {
    const page = await opened.open({ place: '#/funnel?from=2026-02-30&to=2026-03-01' });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toBe('From: given 2026-02-30; allowed: a day, such as 2026-03-01.');
    expect(await page.getByRole('region', { name: 'Leads now' }).count()).toBe(0);
  });

  it('reads all leads for the report only when the reader comes to it', async () => {
    const page = await opened.open({ context: { viewport: { width: 1_280, height: 400 } } });
    const reports: string[] = [];
    page.on('request', (request) => request.url().includes('/api/report') && reports.push(request.url()));
    await go(opened, page, year);
    await page.getByRole('heading', { name: 'Leads now' }).waitFor();
    expect(reports).toEqual([]);
    await page.getByRole('heading', { name: 'Time, chances and deadlines' }).scrollIntoViewIfNeeded();
    await page.getByRole('heading', { name: 'Where leads are stuck' }).waitFor();
    expect(reports).toHaveLength(1);
    await page.getByRole('link', { name: /^Lead: \d+ stuck$/ }).click();
    await page.getByRole('heading', { name: 'Stuck longest: Lead' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/funnel?days=365&stuck=lead');
  });

  it('leads from the deals won in a tier to their leads, and to one of them', async () => {
    const { page } = await openFunnel(opened);
    await page.getByRole('heading', { name: 'Time, chances and deadlines' }).scrollIntoViewIfNeeded();
    const won = page.getByRole('link', { name: /^Won: (Excellent|Good): \d+, show the leads$/ }).first();
    const figure = Number(await won.innerText());
    const name = (await won.getAttribute('aria-label'))?.replace(/: \d+, show the leads$/, '') ?? '';
    await won.click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#\/funnel\?days=365&list=won\.(excellent|good)$/);
    const part = page.getByRole('region', { name: 'Deals won, by tier' }).first();
    const leads = part.getByRole('listitem').getByRole('link');
    await vi.waitFor(async () => expect(await leads.count()).toBe(figure), 10_000);
    const href = await leads.first().getAttribute('href');
    await leads.first().click();
    await vi.waitFor(() => expect(new URL(page.url()).hash).toBe(href));
    opened.assertNoErrors();
  });

  it.each([
    ['How leads moved', /^Moves: Qualified by sales → Opportunity, Excellent: \d+, show the leads$/],
    ['Who goes on', /^Came: Opportunity: \d+, show the leads$/],
  ])('leads from moves to those who moved, below: %s', async (part, name) => {
    const { page } = await openFunnel(opened);
    const region = page.getByRole('region', { name: part }).first();
    await region.waitFor();
    if (part === 'How leads moved') await page.getByText('Show as a table').click();
    const listed = page.waitForResponse((response) => response.url().includes('/api/funnel/leads'));
    await region.getByRole('link', { name }).click();
    const { leads } = (await (await listed).json()) as { leads: readonly object[] };
    expect(leads.length).toBeGreaterThan(0);
    const lines = region.locator('.funnel-stuck').getByRole('listitem');
    await vi.waitFor(async () => expect(await lines.count()).toBe(leads.length), 10_000);
  });

  it('says by which command the report is there if there are too many leads to read', async () => {
    const page = await opened.open();
    await page.route('**/api/report*', (route) =>
      route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"detail":"too much"}' }),
    );
    await go(opened, page, year);
    await page.getByRole('heading', { name: 'Time, chances and deadlines' }).scrollIntoViewIfNeeded();
    await page.getByText('npx sluice report').waitFor();
  });
});

describe.skipIf(!hasChromium)('the page Funnel of an empty stack', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
  });
  afterAll(() => opened?.close());

  it('says that there are no leads yet, and how to send a first event', async () => {
    const page = await opened.open({ place: '#/funnel' });
    await page.getByText('There are no leads yet.').waitFor();
    expect(await page.getByRole('link', { name: 'Send a first event' }).getAttribute('href')).toBe(
      '#/try-it',
    );
    opened.assertNoErrors();
  });
});
