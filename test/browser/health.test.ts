import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askApi } from './support/ask-api.ts';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';
import { buildEvent, sendToBus } from './support/send-to-bus.ts';

const editorOf = (page: Page) => page.getByRole('textbox', { name: /^The text/ });

/** Shows the rejected event of a lead alone. */
const filterByLead = async (page: Page, lead: string): Promise<void> => {
  await page.getByRole('searchbox', { name: 'Lead' }).fill(lead);
  await page.getByRole('searchbox', { name: 'Lead' }).press('Enter');
  await page.waitForURL(new RegExp(`lead=${lead}`));
  await page.locator('table.quarantine tbody tr:only-child').waitFor();
};

const openOnly = async (page: Page): Promise<void> => {
  await page.locator('table.quarantine tbody a').first().click();
  await page.getByRole('heading', { level: 1, name: 'Rejected event' }).waitFor();
  await editorOf(page).waitFor();
};

describe.skipIf(!hasChromium)('the page Health', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
    await sendToBus(
      opened.endpoint,
      buildEvent('LeadStageChanged', 'wrong-stage', { leadId: 'fixed-lead', stage: 'prospect' }),
    );
    await sendToBus(
      opened.endpoint,
      buildEvent('LeadActivityRecorded', 'to-discard', { leadId: 'left-lead', activity: '' }),
    );
    await sendToBus(
      opened.endpoint,
      buildEvent('<img src=x onerror="window.wasRun=1">', 'hostile', {
        leadId: 'hostile-lead',
        name: `</textarea><script>window.wasRun = 1</script>\u202Egnp.exe${'x'.repeat(10_000)}`,
      }),
    );
    const countRejected = async (): Promise<unknown> =>
      ((await askApi(opened.endpoint, '/api/quarantine')) as { events?: unknown[] }).events?.length;
    await vi.waitFor(async () => expect(await countRejected()).toBe(3), { timeout: 60_000, interval: 500 });
  });
  afterAll(() => opened?.close());

  it('says what needs attention, with the command and the section of the runbook', async () => {
    const page = await opened.open({ place: '#/health' });
    await page.getByRole('heading', { level: 2, name: /need/ }).waitFor();
    const findings = await page.locator('.finding').allInnerTexts();
    expect(findings.some((each) => each.includes('Rejected events') && each.includes('“Quarantine”'))).toBe(
      true,
    );
    opened.assertNoErrors();
  });

  it('says by how much the clock is behind as a length of time', async () => {
    const page = await opened.open({ place: '#/leads' });
    await page.route('**/api/health', async (route) => {
      const response = await route.fetch();
      const health = (await response.json()) as { clock: object };
      await route.fulfill({ response, json: { ...health, clock: { ...health.clock, lagSeconds: 10_900 } } });
    });
    await page.getByRole('link', { name: 'Health' }).click();
    await page
      .getByRole('definition')
      .filter({ hasText: /^3 hours$/ })
      .waitFor();
    opened.assertNoErrors();
  });

  it('corrects a rejected event and replays it, so that its lead has the fact', async () => {
    const page = await opened.open({ place: '#/health' });
    await filterByLead(page, 'fixed-lead');
    await page.getByRole('link', { name: 'A value is missing or wrong' }).waitFor();
    await openOnly(page);
    await page.getByText('detail.data.stage: given "prospect"').first().waitFor();

    await page.getByRole('button', { name: 'Try without effect' }).click();
    await page.getByText('It would be rejected again, for what is named above.').waitFor();
    await page.getByRole('button', { name: /^Line \d+, column \d+$/ }).click();
    const chosen = await page.evaluate(
      'document.activeElement.value.slice(document.activeElement.selectionStart).slice(0, 10)',
    );
    expect(chosen).toBe('"prospect"');

    const text = await editorOf(page).inputValue();
    await editorOf(page).fill(text.replace('"prospect"', '"mql",,'));
    await page.getByText('A name in double quotes is expected here.').waitFor();
    expect(await page.getByRole('button', { name: 'Replay the corrected text' }).isDisabled()).toBe(true);

    await editorOf(page).fill(text.replace('"prospect"', '"mql"'));
    await page.getByRole('button', { name: 'Try without effect' }).click();
    await page.getByText('It would be accepted. Nothing was sent.').waitFor();
    await page.getByRole('button', { name: 'Replay the corrected text' }).click();
    await page.getByText('It was sent again.').waitFor();
    await page.getByText('Replayed corrected').waitFor();

    const readStage = async (): Promise<unknown> =>
      ((await askApi(opened.endpoint, '/api/leads/fixed-lead')) as { stage?: unknown }).stage;
    await expect.poll(readStage, { timeout: 60_000, interval: 500 }).toBe('mql');
    opened.assertNoErrors();
  });

  it('leaves what is being typed in a filter when rejected events come in', async () => {
    const page = await opened.open({ place: '#/health' });
    const held = Promise.withResolvers<void>();
    await page.route(/\/api\/quarantine\?/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.getByLabel('State').selectOption('all');
    const filter = page.getByRole('searchbox', { name: 'Lead' });
    await filter.pressSequentially('left');
    const came = page.waitForResponse(/\/api\/quarantine\?/);
    held.resolve();
    await came;
    await page.locator('table.quarantine .tag').first().waitFor();
    expect(await filter.inputValue()).toBe('left');
    await filter.press('Enter');
    await page.waitForURL(/lead=left/);
    opened.assertNoErrors();
  });

  it('discards a rejected event only with a reason', async () => {
    const page = await opened.open({ place: '#/health' });
    await filterByLead(page, 'left-lead');
    await openOnly(page);
    await page.getByRole('button', { name: 'Discard …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Discard', exact: true }).click();
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('textbox').fill('A test of ours');
    await dialog.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByText('A test of ours').waitFor();
    await page.getByRole('link', { name: /All rejected events/ }).click();
    await page.getByText('No rejected events are like that.').waitFor();
    opened.assertNoErrors();
  });

  it('shows hostile text as text', async () => {
    const page = await opened.open({ place: '#/health' });
    await filterByLead(page, 'hostile-lead');
    await page.getByText('<img src=x onerror="window.wasRun=1">').first().waitFor();
    await openOnly(page);
    expect(await editorOf(page).inputValue()).toContain('</textarea><script>');
    expect(await page.evaluate('"wasRun" in globalThis')).toBe(false);
    const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(width).toBeLessThanOrEqual(0);
    opened.assertNoErrors();
  });

  it('is shown to admins only', async () => {
    const page = await opened.open({ place: '#/health', as: { role: 'seller', queues: ['sales'] } });
    await page.getByText('Your role does not show this.').first().waitFor();
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Health' }).count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s', async (colorScheme) => {
    const page = await opened.open({
      place: '#/health?state=all',
      context: { colorScheme, bypassCSP: true, viewport: { width: 360, height: 800 } },
    });
    await page.locator('.overall').waitFor();
    await page.locator('table.quarantine').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await openOnly(page);
    expect(await findViolations(page)).toEqual([]);
  });
});
