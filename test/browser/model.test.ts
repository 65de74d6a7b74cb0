import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { createStackApi, type StackApi } from './support/api.ts';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, type OpenProps, openConsole } from './support/console.ts';

const { $schema, efforts, ...model } = JSON.parse(readFileSync('models/success-ready.json', 'utf8'));
const shipped = `${model.id}@${model.version}`;

/** The longest time that the rescoring of all leads may take, in milliseconds. */
const rescoringMs = 300_000;

const admin = { role: 'admin', subject: 'ann@example.com' } as const;

const editorText = (page: Page) => page.getByRole('textbox', { name: 'The model as text' });
const effect = (page: Page) => page.getByRole('complementary', { name: 'What it would change' });
const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });

/** Loads a document into the editor, as somebody does who has it as a file. */
const loadFile = async (page: Page, document: object): Promise<void> => {
  const buffer = Buffer.from(JSON.stringify(document, null, 2));
  await page
    .getByLabel('Load a file')
    .setInputFiles({ name: 'draft.json', mimeType: 'application/json', buffer });
};

const giveReason = async (page: Page, reason: string, button: string): Promise<void> => {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
};

interface LeadAnswer {
  readonly leadId: string;
  readonly tier: string;
  readonly score: number;
  readonly status: string;
  readonly modelVersion: string;
}

describe.skipIf(!hasChromium)('the page Model', () => {
  let opened: OpenedConsole;
  let api: StackApi;
  beforeAll(async () => {
    opened = await openConsole();
    api = createStackApi(opened.endpoint);
  });
  // Tests change the model that is active: each begins with the one that a new stack has.
  beforeEach(() => activateShipped());
  afterAll(() => opened?.close());

  /** Opens a page that may take its time, as on a machine that does much else. */
  const open = async (props: OpenProps): Promise<Page> => {
    const page = await opened.open(props);
    page.setDefaultTimeout(100_000);
    return page;
  };

  const ask = <T>(path: string): Promise<T> => api.call<T>(admin, 'GET', path);

  /** Publishes the shipped model with another bound of good. @returns its version, such as success-ready@6 */
  const publish = async (version: string, good: number, reason: string): Promise<string> => {
    const document = { ...model, efforts, version, tiers: { ...model.tiers, good } };
    await api.call(admin, 'POST', '/api/models', { document, reason });
    return `${model.id}@${version}`;
  };

  const listHistory = async (): Promise<readonly { readonly reason: string }[]> =>
    (await ask<{ entries: { reason: string }[] }>('/api/models/history')).entries;

  const activateShipped = async (): Promise<void> => {
    const { models } = await ask<{ models: { modelVersion: string; active: boolean }[] }>('/api/models');
    const active = models.find((each) => each.active)?.modelVersion;
    if (active === shipped) return;
    await api.call(admin, 'POST', `/api/models/${shipped}/activate`, { reason: 'A test begins' });
  };

  /** Finds a lead that is risky as of now, and far enough below the bound of good that hysteresis doesn't matter. */
  const findLead = async (): Promise<LeadAnswer> => {
    const { leads } = await ask<{ leads: LeadAnswer[] }>('/api/leads?tier=risky&limit=200');
    for (const { leadId, status } of leads) {
      if (status !== 'active') continue;
      // After another test, it may be judged by another model still.
      const lead = await waitForLead(leadId, shipped);
      if (lead.tier === 'risky' && lead.score > 41 && lead.score < 46) return lead;
    }
    throw new Error('the sample has no such lead');
  };

  /** Waits until a lead is judged by a model. */
  const waitForLead = async (id: string, version: string): Promise<LeadAnswer> => {
    const lead = await ask<LeadAnswer>(`/api/leads/${id}`);
    if (lead.modelVersion === version) return lead;
    await pause(200);
    return waitForLead(id, version);
  };

  it('says the active model in plain words, without its editor', async () => {
    const page = await open({ place: '#/model' });
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.getByRole('heading', { name: 'Who gets which lead, and how soon' }).waitFor();
    await page.getByText('Call within 4 hours: sales-priority').waitFor();
    await page.getByText('The lead is an executive or a director').waitFor();
    expect(loaded.filter((url) => /model-editor|language|judge-worker/.test(url))).toEqual([]);
    opened.assertNoErrors();
  });

  it('names English as the language of what its author has written, and Spanish as that of the rest', async () => {
    const page = await opened.open({ place: '#/model', context: { locale: 'es' } });
    await page.getByRole('heading', { name: 'Quién queda descartado' }).waitFor();
    const english = await page.locator('main [lang="en"]').allTextContents();
    const { title, description, disqualifiers, dimensions } = model as ModelDocument;
    const written = [title, description, ...disqualifiers.map(({ text }) => text)];
    for (const { criteria, title: dimension } of Object.values(dimensions))
      written.push(dimension, ...criteria.map(({ text }) => text));
    expect(new Set(english)).toEqual(new Set([...english, ...written]));
    expect(english.filter((text) => /contacto|respuesta|grupo/.test(text))).toEqual([]);
  });

  it('says so of an editor that cannot be loaded, and loads it again', async () => {
    const page = await open({ place: '#/model' });
    await page.route(/model-editor/, (route) => route.abort());
    await page.evaluate("location.hash = '#/model?tab=edit'");
    const problem = page.getByRole('alert').filter({ hasText: 'Sluice cannot be reached.' });
    await problem.waitFor();
    await page.unroute(/model-editor/);
    await problem.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('textbox', { name: 'The model as text' }).waitFor();
  });

  it('finds errors in their places, and says live who would move', async () => {
    const page = await open({ place: '#/model?tab=edit' });
    await effect(page).getByText('No lead would move.').waitFor();

    await loadFile(page, { ...model, efforts, tiers: { ...model.tiers, good: 'fifty' } });
    await findings(page).getByText('1 error').waitFor();
    await effect(page).getByText('Correct the errors first; then it is compared.').waitFor();
    await findings(page).getByRole('button', { name: 'Error: tiers.good' }).press('Enter');
    expect(await page.locator('.cm-lintRange-error').innerText()).toBe('"fifty"');

    // The finding has selected what is wrong.
    await page.keyboard.type('40');
    await findings(page).getByText('No findings').waitFor();
    await effect(page)
      .getByText(/^\d+ leads? would move$/)
      .waitFor();
    await effect(page).getByText('“Good” begins at 40 instead of 50').first().waitFor();

    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('50');
    await effect(page).getByText('No lead would move.').waitFor();

    // What is nowhere else is lost only when that is confirmed.
    const discard = page.getByRole('button', { name: 'Discard the draft' });
    await discard.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await discard.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await effect(page).getByText('No lead would move.').waitFor();
    opened.assertNoErrors();
  });

  it('cuts long names of those who would move, and has them whole as titles', async () => {
    const long = 'W'.repeat(10_000);
    const page = await open({ context: { viewport: { width: 360, height: 800 } } });
    await page.route('**/api/leads?*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { leads: object[] };
      const leads = answer.leads.map((lead) => ({ ...lead, name: long, company: long }));
      await route.fulfill({ response, json: { ...answer, leads } });
    });
    await page.goto(`${opened.endpoint}/console/#/model?tab=edit`);
    await effect(page).getByText('No lead would move.').waitFor();
    await loadFile(page, { ...model, efforts, tiers: { ...model.tiers, good: 40 } });
    const name = effect(page).getByRole('link').getByTitle(long).first();
    expect(await name.innerText()).toMatch(/^W{50,100}…$/);
    expect((await effect(page).locator('.move').first().innerText()).length).toBeLessThan(1_000);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    opened.assertNoErrors();
  });

  it('says where a text is no JSON', async () => {
    const page = await open({ place: '#/model?tab=edit' });
    await effect(page).getByText('No lead would move.').waitFor();
    await editorText(page).press('Control+End');
    await page.keyboard.type('}');
    await findings(page).getByText('1 error').waitFor();
    expect(await page.getByRole('button', { name: 'Publish …' }).isDisabled()).toBe(true);
    await page.keyboard.press('Backspace');
    await findings(page).getByText('No findings').waitFor();
  });

  it('proposes keys, and describes them', async () => {
    const page = await open({ place: '#/model?tab=edit' });
    await effect(page).getByText('No lead would move.').waitFor();
    await loadFile(page, model);
    await editorText(page).press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('"eff');
    const proposal = page.getByRole('option', { name: 'efforts' });
    await proposal.waitFor();
    await page.getByText('what work is spent on leads, for the report').waitFor();
    await proposal.click();
    expect(await editorText(page).innerText()).toContain('"efforts": [');
    opened.assertNoErrors();
  });

  it('lets the keyboard into its editor and out of it', async () => {
    const page = await open({ place: '#/model?tab=edit' });
    await effect(page).getByText('No lead would move.').waitFor();
    const isInside = async (): Promise<boolean> =>
      (await page.locator('.editor-host:focus-within').count()) > 0;
    await page.getByRole('button', { name: 'Publish …' }).focus();
    await page.keyboard.press('Tab');
    expect(await isInside()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await isInside()).toBe(false);
    await page.keyboard.press('Shift+Tab');
    expect(await isInside()).toBe(true);
    await page.keyboard.press('Shift+Tab');
    expect(await isInside()).toBe(false);
  });

  it(
    'publishes a model, activates it and rolls it back, and leads really move',
    async () => {
      const lead = await findLead();
      const page = await open({ place: '#/model?tab=edit' });
      await effect(page).getByText('No lead would move.').waitFor();
      await loadFile(page, { ...model, efforts, tiers: { ...model.tiers, good: 40 } });
      await effect(page)
        .getByText(/^\d+ leads? would move$/)
        .waitFor();

      await page.getByRole('button', { name: 'Publish …' }).click();
      expect(await page.getByRole('dialog').getByLabel('Version').inputValue()).toBe('6');
      await giveReason(page, 'More leads for sales', 'Publish');
      await page.getByText('success-ready@6 is published.').waitFor();

      await page.getByRole('link', { name: 'Versions and history' }).click();
      await page.getByRole('button', { name: 'Activate success-ready@6' }).click();
      await page
        .getByRole('dialog')
        .getByText(/^\d+ leads? would move$/)
        .waitFor();
      await giveReason(page, 'Sales has room', 'Activate');
      await page.getByText('success-ready@6 is active.').waitFor();
      expect(await waitForLead(lead.leadId, 'success-ready@6')).toMatchObject({ tier: 'good' });
      // The leads are looked through again a minute later, for those that had changed meanwhile.
      await page.getByText('All leads are scored by success-ready@6.').waitFor({ timeout: rescoringMs });
      await page.getByText('Sales has room').waitFor();
      await page.getByText('The tier good begins at 40 instead of 50').waitFor();

      await page.getByRole('button', { name: 'Roll back to success-ready@5 …' }).click();
      await giveReason(page, 'Too many', 'Roll back');
      await page.getByText('success-ready@5 is active.').waitFor();
      expect(await waitForLead(lead.leadId, 'success-ready@5')).toMatchObject({ tier: 'risky' });
      opened.assertNoErrors();
    },
    rescoringMs * 2,
  );

  it('refuses an activation by somebody who has not seen the latest one', async () => {
    const version = await publish('race', 45, 'To be activated twice');
    const [early, late] = await Promise.all([
      open({ place: '#/model?tab=versions' }),
      open({ place: '#/model?tab=versions' }),
    ]);
    for (const page of [early, late]) await page.getByRole('button', { name: `Activate ${version}` }).click();
    await giveReason(early, 'First', 'Activate');
    await early.getByText(`${version} is active.`).waitFor();
    await giveReason(late, 'Second', 'Activate');
    await late.getByText('Somebody else has changed this meanwhile.').waitFor();
    const reasons = (await listHistory()).map(({ reason }) => reason);
    expect(reasons).toContain('First');
    expect(reasons).not.toContain('Second');
  });

  it('tries a model alongside the active one', async () => {
    const version = await publish('alongside', 45, 'To be tried');
    const page = await open({ place: '#/model?tab=versions' });
    await page.getByRole('button', { name: `Try alongside … ${version}` }).click();
    await giveReason(page, 'To see', 'Try alongside');
    await page.getByText('◌ Tried alongside').waitFor();
    const shadow = page.getByRole('region', { name: `Tried alongside: ${version}` });
    await shadow.getByRole('button', { name: 'Copy: npx sluice model compare --shadow' }).waitFor();
    await page.getByRole('button', { name: `End the trial of ${version}` }).click();
    await giveReason(page, 'Seen', 'End the trial');
    await page.getByText('No longer tried').waitFor();
    await page.getByText('◌ Tried alongside').waitFor({ state: 'detached' });
    opened.assertNoErrors();
  });

  it('shows older entries of the history on demand, and rolls back to a model that is in none of those shown', async () => {
    const before = await publish('before', 45, 'The one to go back to');
    for (const version of [before, shipped])
      await api.call(admin, 'POST', `/api/models/${version}/activate`, { reason: 'A test', actions: 'none' });
    for (const i of [1, 2, 3]) await publish(`later-${i}`, 45, `Later ${i}`);
    const page = await open({});
    await page.route('**/api/models/history?*', (route) =>
      route.continue({ url: route.request().url().replace('limit=50', 'limit=2') }),
    );
    await page.goto(`${opened.endpoint}/console/#/model?tab=versions`);
    await page.getByRole('button', { name: `Roll back to ${before} …` }).waitFor();
    const history = page.getByRole('region', { name: 'History' });
    expect(await history.getByRole('listitem').count()).toBe(2);
    expect(await history.getByText('Later 1').count()).toBe(0);
    await history.getByRole('button', { name: 'Show more' }).click();
    await history.getByText('Later 1').waitFor();
    expect(await history.getByRole('listitem').count()).toBe(4);
    opened.assertNoErrors();
  });

  it.each(['viewer', 'seller'] as const)(
    'shows a %s the words and the history, and no editor',
    async (role) => {
      await publish(`seen-by-${role}`, 45, `What a ${role} reads`);
      const page = await open({ place: '#/model?tab=edit', as: { role } });
      await page.getByRole('heading', { name: 'Tiers', exact: true }).waitFor();
      expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
      expect(await page.locator('.editor-host').count()).toBe(0);
      await page.getByRole('link', { name: 'Versions and history' }).click();
      await page.getByText(`What a ${role} reads`).waitFor();
      expect(await page.getByRole('button', { name: /Activate|Roll back|Try/ }).count()).toBe(0);
      opened.assertNoErrors();
    },
  );

  it.each([
    ['#/model', 'light'],
    ['#/model?tab=versions', 'dark'],
    ['#/model?tab=edit', 'light'],
    ['#/model?tab=edit', 'dark'],
  ] as const)('meets WCAG 2.2 AA at %s in %s', async (place, colorScheme) => {
    const page = await open({ place, context: { colorScheme, bypassCSP: true } });
    await page.locator('.card').first().waitFor();
    if (place.endsWith('edit')) await findings(page).getByText('No findings').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
