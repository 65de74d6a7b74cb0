import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStackApi } from './support/api.ts';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';

const everyCall = '**/api/**';

/** Makes the API refuse the token of a page, which was given a minute ago, until it has another one. */
const expire = async (page: Page): Promise<void> => {
  await page.evaluate('const read = Date.now; Date.now = () => read() + 60_000;');
  let expired: string | undefined;
  await page.route(everyCall, (route) => {
    const { authorization } = route.request().headers();
    expired ??= authorization;
    return authorization === expired ? route.fulfill({ status: 401 }) : route.continue();
  });
};

describe.skipIf(!hasChromium)('the sign-in of the console', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
    // The first lead makes the deployed model the active one, which can then be edited.
    await createStackApi(opened.endpoint).handOff('first');
  });
  afterAll(() => opened?.close());

  it('comes back to where somebody was, with no code in the address and no token in the browser', async () => {
    const page = await opened.open({ place: '#/leads?tier=good' });
    expect(page.url()).toBe(`${opened.endpoint}/console/#/leads?tier=good`);
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
    expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain('eyJ');
    expect(await page.evaluate('document.cookie')).toBe('');
    opened.assertNoErrors();
  });

  it('is not asked for again when the page is loaded again, and is after signing out', async () => {
    const page = await opened.open();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in to Sluice' }).waitFor();
    await page.goto(`${opened.endpoint}/console/`);
    await page.getByRole('heading', { level: 1, name: 'Sign in to Sluice' }).waitFor();
    opened.assertNoErrors();
  });

  it('drops an answer that was not asked for, and asks who somebody is', async () => {
    const context = await opened.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${opened.endpoint}/console/?code=stolen&state=other#/leads`);
    await page.getByRole('heading', { level: 1, name: 'Sign in to Sluice' }).waitFor();
  });

  it('is passed over by the button Back', async () => {
    const page = await opened.open({ place: '#/leads' });
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    opened.assertNoErrors();
  });

  it('is renewed when it has expired, and comes back to where somebody was', async () => {
    const page = await opened.open({ place: '#/leads/nobody?at=2026-03-01T09%3A00%3A00Z' });
    await expire(page);
    const signedIn = page.waitForResponse((response) => response.url().endsWith('/local/token'));
    await page.getByRole('link', { name: 'Funnel' }).click();
    await signedIn;
    await page.getByRole('heading', { level: 1, name: 'Funnel' }).waitFor();
    expect(page.url()).toBe(`${opened.endpoint}/console/#/funnel`);
    opened.assertNoErrors();
  });

  it('is not asked for in a circle if the API takes no token', async () => {
    const page = await opened.open();
    await page.route(everyCall, (route) => route.fulfill({ status: 401 }));
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'The API does not accept your sign-in.' }).waitFor();
    await page.unroute(everyCall);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  });

  it('keeps changes of a model when it has expired, and before signing out', async () => {
    const page = await opened.open({ place: '#/model?tab=edit' });
    await page.getByRole('textbox', { name: 'The model as text' }).click();
    await page.keyboard.type(' ');
    await expire(page);
    await page.getByRole('link', { name: 'Leads' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'Your changes to the scoring model' });
    await notice.waitFor();
    for (const button of [notice.getByRole('button'), page.getByRole('button', { name: 'Sign out' })]) {
      const asked = page.waitForEvent('dialog');
      void button.click();
      await (await asked).dismiss();
      await notice.waitFor();
    }
  });

  it('ends in all tabs of a browser when one signs out', async () => {
    const page = await opened.open();
    const other = await page.context().newPage();
    await other.goto(`${opened.endpoint}/console/`);
    await other.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('heading', { level: 1, name: 'You are not signed in.' }).waitFor();
  });

  it('ends after an answer of a hand-off is sent that could still be undone', async () => {
    const page = await opened.open();
    const api = createStackApi(opened.endpoint);
    const { leadId } = await api.handOff('left-soon', { name: 'Left Soon' });
    await page.getByText('Left Soon').first().waitFor();
    await page.getByRole('button', { name: /Accept.*Left Soon/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await api.untilHandoff(leadId, 'accepted');
  });

  it.each(['light', 'dark'] as const)(
    'meets WCAG 2.2 AA in %s, also with a mistake shown',
    async (colorScheme) => {
      // axe is evaluated in the page, which its policy would refuse.
      const context = await opened.browser.newContext({ colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${opened.endpoint}/console/`);
      await page.getByRole('radio', { name: 'Salesperson' }).check();
      expect(await findViolations(page)).toEqual([]);
      await page.locator('#queues').fill('1');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      expect(await findViolations(page)).toEqual([]);
    },
  );
});
