import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';

const steps = ['Sent', 'Accepted', 'Recorded', 'Scored', 'Changes announced', 'What begins'];

describe.skipIf(!hasChromium)('the page Try it', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
  });
  afterAll(() => opened?.close());

  it('sends a sample and shows each step, and that the same event counts once', async () => {
    const page = await opened.open({ place: '#/try-it?sample=LeadActivityRecorded' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.trace .step-done').nth(5).waitFor({ timeout: 60_000 });
    expect(await page.locator('.trace .step strong').allInnerTexts()).toEqual(steps);
    expect(await page.locator('.trace .step time').count()).toBe(4);
    await page.getByRole('button', { name: 'Send the same once more' }).click();
    await page.getByText('it is still recorded once').waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Look at the lead' }).click();
    await page.waitForURL(/#\/leads\/try-it/);
    opened.assertNoErrors();
  });

  it('explains a wrong field where it is', async () => {
    const page = await opened.open({ place: '#/try-it?sample=LeadStageChanged' });
    const editor = page.getByRole('textbox', { name: 'The event' });
    await editor.fill((await editor.inputValue()).replace('"opportunity"', '"prospect"'));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText(/detail\.data\.stage: given "prospect"; allowed: subscriber/).waitFor();
    await page.getByText('Refused: A value is missing or wrong.').waitFor();
    expect(await page.locator('.trace').count()).toBe(0);
    await editor.fill('{"source": }');
    await page.getByText(/^A value is expected here/).waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    opened.assertNoErrors();
  });

  it('shows what a payload of a tool becomes, and sends it as the tool does or through the API', async () => {
    const page = await opened.open({ place: '#/try-it?sample=segment/track' });
    await page.getByRole('button', { name: 'See what it becomes' }).click();
    await page.getByText('It becomes events.').first().waitFor();
    await page.getByText('Event LeadActivityRecorded').first().waitFor();
    await page.getByRole('button', { name: 'Send it as the tool does' }).click();
    const instead = page.getByRole('button', { name: 'Send the events through the API instead' });
    const followed = page.locator('.trace, .trace-of-several').first();
    await followed.or(instead).first().waitFor({ timeout: 60_000 });
    if (await instead.isVisible()) await instead.click();
    await page.getByText('Recorded').first().waitFor({ state: 'attached', timeout: 60_000 });
    opened.assertNoErrors();
  });

  it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s', async (colorScheme) => {
    const page = await opened.open({
      place: '#/try-it',
      context: { colorScheme, bypassCSP: true, viewport: { width: 360, height: 800 } },
    });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.trace .step-done').nth(4).waitFor({ timeout: 60_000 });
    expect(await findViolations(page)).toEqual([]);
  });
});
