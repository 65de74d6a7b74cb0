import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStackApi } from './support/api.ts';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';
import { createLeads, type LeadsApi } from './support/leads-api.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

const dayMs = 86_400_000;
/** An instant in the past, so that the clock of the stack advances all leads alike. */
const daysAgo = (days: number): string =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - days * dayMs).toISOString();

const known = {
  name: 'Ana Test',
  company: 'Test Ltd',
  seniority: 'executive',
  department: 'sales',
  industry: 'software',
  employees: 250,
  emailType: 'business',
};

/** The facts of a lead that asked for a demo some days ago: its points have become fewer since. */
const interested = [
  ['LeadProfileUpdated', { attributes: known }, daysAgo(20)],
  ['LeadActivityRecorded', { activity: 'pricing_page_visited' }, daysAgo(14)],
  ['LeadActivityRecorded', { activity: 'demo_requested' }, daysAgo(12)],
  ['LeadAnswersRecorded', { answers: { need: { value: 'important' } } }, daysAgo(12)],
] as const;

const hostile = `<script>globalThis.broken = true</script><img src=x onerror="globalThis.broken = true">\u202Egnp.exe `;
/** The longest text that a fact may be, and the longest list: together 10,000 characters. */
const hostileName = `${hostile}${'x'.repeat(1_000 - hostile.length)}`;
const hostileList = Array.from({ length: 50 }, (_, i) => `${i} ${hostile}${'y'.repeat(200)}`.slice(0, 200));

interface Tried {
  readonly score: number;
  readonly tier: string;
  readonly stage: string;
  readonly action: { readonly kind: string; readonly queue?: string; readonly track?: string };
}

const tiers = new Map([
  ['excellent', 'Excellent'],
  ['good', 'Good'],
  ['risky', 'Risky'],
  ['none', 'No tier'],
]);

const sayAction = ({ kind, queue, track }: Tried['action']): string =>
  kind === 'handoff' ? `Call: ${queue}` : kind === 'nurture' ? `Nurture: ${track}` : 'Nothing to do';

describe.skipIf(!hasChromium)('the page of a lead', () => {
  let opened: OpenedConsole;
  let leads: LeadsApi;
  const folder = mkdtempSync(join(tmpdir(), 'sluice-lead-'));

  beforeAll(async () => {
    opened = await openConsole('--no-sample');
    leads = createLeads(opened.endpoint);
    await leads.tell('ana', interested);
    await leads.tell('bob', interested);
    await leads.tell('eva', interested);
    await leads.tell('twin', [
      ...interested,
      ['LeadAnswersRecorded', { answers: { budget: { value: 'approved' } } }, daysAgo(2)],
    ]);
    await leads.tell('hal', [
      ...interested,
      ['LeadProfileUpdated', { attributes: { emailType: 'private' } }, daysAgo(12)],
      ['LeadActivityRecorded', { activity: 'trial_started' }, daysAgo(2)],
    ]);
    await leads.tell('hostile', [
      [
        'LeadProfileUpdated',
        {
          attributes: { name: hostileName, company: hostile, constructor: hostileList, industy: 'software' },
        },
        daysAgo(2),
      ],
    ]);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await opened?.close();
  });

  const openLead = async (
    id: string,
    at?: string,
    props: Parameters<OpenedConsole['open']>[0] = {},
  ): Promise<Page> => {
    const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
    const page = await opened.open({ ...props, place: `#/leads/${id}${query}` });
    await page.locator('.standing').waitFor();
    return page;
  };

  /** Tries facts by the shipped model on the command line. */
  const tryByCli = async (...options: readonly string[]): Promise<Tried> => {
    const { stdout } = await run(process.execPath, [
      `${root}/cli/sluice.js`,
      'model',
      'try',
      `${root}/models/success-ready.json`,
      '--json',
      ...options,
    ]);
    return JSON.parse(stdout) as Tried;
  };
  const tryFacts = (document: object): Promise<Tried> => {
    const file = join(folder, 'facts.json');
    writeFileSync(file, JSON.stringify(document));
    return tryByCli('--facts', file);
  };
  const tryLead = (id: string, at: string): Promise<Tried> =>
    tryByCli('--lead', id, '--at', at, '--endpoint', opened.endpoint);

  const openWhatIf = async (page: Page): Promise<Locator> => {
    await page.getByText('Try other facts').click();
    const result = page.locator('.what-if-result');
    await result.waitFor();
    return result;
  };
  const expectOutcome = async (result: Locator, tried: Tried): Promise<void> => {
    const textOf = (name: string) => result.locator(`[data-result=${name}]`).innerText();
    const score = tried.score.toLocaleString('en', { maximumFractionDigits: 2 });
    expect((await textOf('score')).split(/\s*→\s*|\s+/)).toContain(score);
    expect(await textOf('tier')).toContain(tiers.get(tried.tier));
    expect(await textOf('action')).toMatch(new RegExp(`${sayAction(tried.action)}$`));
  };

  it('shows the points that the API gives, and opens every bar by the keyboard', async () => {
    const page = await openLead('ana');
    const { explanation, tier, score } = await leads.get('ana');
    await page.locator('.standing .tier', { hasText: tiers.get(tier) ?? '' }).waitFor();
    expect(Number(await page.locator('.standing-score').getAttribute('value'))).toBeCloseTo(score, 0);
    const bars = page.locator('.dimension');
    expect(await bars.count()).toBe(explanation.dimensions.length);
    for (const [i, dimension] of explanation.dimensions.entries()) {
      const bar = bars.nth(i);
      await bar.locator('> summary').focus();
      await page.keyboard.press('Enter');
      expect(await bar.getAttribute('open')).toBe('');
      const own = explanation.counted.filter((one) => one.dimension === dimension.dimension);
      for (const { text } of own) await bar.getByText(text, { exact: true }).first().waitFor();
    }
    opened.assertNoErrors();
  });

  it('says what comes by itself', async () => {
    const page = await openLead('hal');
    expect((await leads.get('hal')).next).toMatchObject({ tier: 'good' });
    await page.getByText(/^Falls to Good on .* if nothing happens\./).waitFor();
  });

  it('judges other facts as `sluice model try` does, with points that became fewer', async () => {
    const at = daysAgo(2);
    const page = await openLead('bob', at);
    const result = await openWhatIf(page);
    await page.getByLabel('Is there money for it?').selectOption('approved');
    await expectOutcome(result, await tryLead('twin', at));
    const ofFacts = {
      at,
      attributes: known,
      answers: {
        need: { value: 'important', at: daysAgo(12) },
        budget: 'approved',
      },
      activities: {
        pricing_page_visited: { count: 1, at: daysAgo(14) },
        demo_requested: { count: 1, at: daysAgo(12) },
        webinar_attended: 1,
      },
    };
    await page.getByLabel('attended a webinar').fill('1');
    await expectOutcome(result, await tryFacts(ofFacts));
    await page.getByRole('button', { name: 'As it is' }).click();
    await result.getByText('No points change.').waitFor();
    opened.assertNoErrors();
  });

  it('sends nothing while facts are tried', async () => {
    const page = await openLead('bob');
    await openWhatIf(page);
    const requests: string[] = [];
    // A score of no facts asks for the time alone.
    page.on('request', (request) => request.postData() !== '{}' && requests.push(request.url()));
    await page.getByLabel('Employees').fill('9000');
    await page.getByLabel('Job title').fill('Head of sales');
    await page.getByLabel('Is there money for it?').selectOption('none');
    expect(requests.filter((url) => !url.includes('/api/leads/'))).toEqual([]);
  });

  it('preserves a tier within the hysteresis, as the next event would', async () => {
    const at = daysAgo(2);
    const page = await openLead('hal', at);
    const result = await openWhatIf(page);
    await page.getByLabel('Employees').fill('20');
    await page.locator('[data-result=score] .points').waitFor();
    const { facts } = await leads.get('hal', at);
    await leads.tell('hal', [['LeadProfileUpdated', { attributes: { employees: 20 } }, at]]);
    const tried = await tryLead('hal', at);
    await expectOutcome(result, tried);
    // A lead that has no tier yet needs a higher score.
    const { need } = facts.answers;
    const fresh = await tryFacts({
      at,
      attributes: { ...known, emailType: 'private', employees: 20 },
      answers: { need: { value: need?.value, at: need?.at } },
      activities: Object.fromEntries(
        Object.entries(facts.activities).map(([name, { count, last }]) => [name, { count, at: last }]),
      ),
    });
    expect([fresh.score, fresh.tier, tried.tier]).toEqual([tried.score, 'good', 'excellent']);
  });

  it('shows the lead as of another instant, marked as such, and goes back to now', async () => {
    const page = await openLead('ana');
    const score = await page.locator('.standing-score').innerText();
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByText(/^As of .*, not now$/).waitFor();
    await page
      .locator('.standing')
      .getByText(/^Now: /)
      .waitFor();
    expect(await page.locator('.standing-score').innerText()).not.toBe(score);
    expect(await page.getByRole('button', { name: 'Erase …' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('As of now').waitFor();
    await page.locator('.standing-score', { hasText: score }).waitFor();
  });

  it('answers a hand-off some seconds later, so that it can be undone as on Today', async () => {
    const api = createStackApi(opened.endpoint);
    await api.handOff('answered');
    const page = await openLead('answered');
    const sent: string[] = [];
    page.on('request', (request) => {
      const [answer] = /(accept|reject)$/.exec(request.url()) ?? [];
      if (answer !== undefined) sent.push(answer);
    });
    const accept = page.getByRole('button', { name: 'Accept', exact: true });
    await accept.click();
    await page.getByText('Accepted. You can still undo it.').waitFor();
    await page.waitForFunction("document.activeElement?.matches('[data-handoff]')");
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await accept.waitFor();
    await page.getByRole('button', { name: 'Reject …' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Wrong person');
    await page.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByText('Rejected. You can still undo it.').waitFor();
    expect((await api.untilHandoff('answered', 'rejected')).state).toBe('rejected');
    await accept.waitFor({ state: 'detached' });
    await page.getByText('Wrong person').first().waitFor();
    expect(sent).toEqual(['reject']);
    opened.assertNoErrors();
  });

  it('offers a seller nothing that the API would refuse', async () => {
    const api = createStackApi(opened.endpoint);
    await api.handOff('theirs');
    const as = { role: 'seller', subject: 'eve@example.com', queues: ['partners'] } as const;
    const page = await openLead('theirs', undefined, { as });
    await page.locator('.timeline .entry').first().waitFor();
    expect(await page.locator('.lead-actions').count()).toBe(0);
    const own = await openLead('theirs', undefined, { as: { ...as, queues: ['sales', 'sales-priority'] } });
    await own.getByRole('button', { name: 'Accept', exact: true }).waitFor();
  });

  it('overrides the tier with a reason, and lifts it', async () => {
    const page = await openLead('eva');
    await page.getByRole('button', { name: 'Decide instead of the model …' }).click();
    const dialog = page.getByRole('dialog');
    const submit = dialog.getByRole('button', { name: 'Decide', exact: true });
    await dialog.getByLabel('Tier').selectOption('risky');
    expect(await submit.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Met at the fair');
    await submit.click();
    await dialog.waitFor({ state: 'detached' });
    // The focus goes back once the dialog is gone.
    await expect
      .poll(() => page.evaluate('document.activeElement.textContent'))
      .toBe('Decide instead of the model …');
    await page.getByText('A person has set the tier to Risky.').waitFor();
    await page.getByText('Met at the fair').first().waitFor();
    await page.getByRole('button', { name: 'Let the model decide again' }).click();
    await page.getByText('A person has set the tier to Risky.').waitFor({ state: 'detached' });
    opened.assertNoErrors();
  });

  it('shows hostile names as text, within the page', async () => {
    const page = await openLead('hostile', undefined, { context: { viewport: { width: 360, height: 800 } } });
    await page.getByText('Everything that is known').click();
    expect(await page.locator('h1').innerText()).toContain('<script>');
    expect(await page.evaluate(() => (globalThis as { broken?: boolean }).broken)).toBeUndefined();
    expect(
      await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    await page.getByText('Did you mean industry?').waitFor();
    opened.assertNoErrors();
  });

  it('cuts a name of 10,000 characters, and has it whole as the title', async () => {
    const long = 'W'.repeat(10_000);
    const page = await opened.open({ context: { viewport: { width: 360, height: 800 } } });
    await page.route('**/api/leads/hostile*', async (route) => {
      const response = await route.fetch();
      const lead = (await response.json()) as { shown: object };
      const shown = { ...lead.shown, name: long, company: long, owner: long };
      await route.fulfill({ response, json: { ...lead, shown } });
    });
    await page.goto(`${opened.endpoint}/console/#/leads/hostile`);
    expect(await page.locator('h1').getByTitle(long).innerText()).toMatch(/^W{50,130}…$/);
    expect((await page.locator('.lead-title').innerText()).length).toBeLessThan(800);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    opened.assertNoErrors();
  });

  it('verifies that the ledger is as it was recorded, for a viewer too', async () => {
    const page = await openLead('bob', undefined, { as: { role: 'viewer' } });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/Verified: \d+ entries are as recorded\.$/).waitFor();
    await page.getByText('It is in no copy outside the database yet.').waitFor();
  });

  it('offers a viewer nothing to do', async () => {
    const page = await openLead('ana', undefined, { as: { role: 'viewer' } });
    await page.locator('.timeline .entry').first().waitFor();
    expect(await page.locator('.lead-actions').count()).toBe(0);
  });

  it('says so of a lead that is not there', async () => {
    const page = await opened.open({ place: '#/leads/nobody' });
    await page.getByText('There is nothing under this address.').waitFor();
  });

  it('says so of a browser that is offline, and has what it had', async () => {
    const page = await openLead('ana');
    await page.context().setOffline(true);
    await page.getByText('You are offline.').first().waitFor();
    expect(await page.locator('.standing-score').isVisible()).toBe(true);
  });

  it('erases a lead once its id was typed, and shows that it was erased', async () => {
    const page = await openLead('eva');
    await page.getByRole('button', { name: 'Erase …' }).click();
    const dialog = page.getByRole('dialog');
    const submit = dialog.getByRole('button', { name: 'Erase for good' });
    await dialog.getByLabel('Type the id of the lead:').fill('ev');
    expect(await submit.isDisabled()).toBe(true);
    await dialog.getByLabel('Type the id of the lead:').fill('eva');
    await submit.click();
    await page.getByText('This lead was erased.').waitFor();
    await page.locator('.entry-erased').first().waitFor();
    expect(await page.locator('h1').innerText()).toBe('eva');
  });

  it('merges another lead once it was looked up and its id typed, and leads to the one that stays', async () => {
    await leads.tell('joe', interested);
    const page = await openLead('ana');
    await page.getByRole('button', { name: 'Merge …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Id of the other lead').fill('joe');
    await dialog.getByRole('button', { name: 'Look it up' }).click();
    await dialog.getByLabel('Type the id of the lead that ends:').fill('joe');
    await dialog.getByRole('button', { name: 'Merge for good' }).click();
    await page.getByText('Done.').waitFor();
    const merged = await openLead('joe');
    await merged.getByText('The lead joe was merged into this one.').waitFor();
    expect(await merged.getByRole('link', { name: 'Go to its own page' }).getAttribute('href')).toBe(
      '#/leads/ana',
    );
    await merged.getByRole('link', { name: 'Go to its own page' }).press('Enter');
    await merged.waitForURL(/#\/leads\/ana$/);
    await merged.waitForFunction("document.activeElement?.matches('main h1')");
  });

  it('opens the merge of the lead that the address names, looked up', async () => {
    const page = await openLead('bob');
    await page.goto(`${opened.endpoint}/console/#/leads`);
    await page.goto(`${opened.endpoint}/console/#/leads/bob?merge=hal`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Type the id of the lead that ends:').waitFor();
    expect(await dialog.getByLabel('Id of the other lead').inputValue()).toBe('hal');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#/leads/bob');
  });

  it('looks a lead up by Enter, announces it, and takes no late answer to an earlier id', async () => {
    const page = await openLead('bob');
    let answerTwin = (): void => undefined;
    const isAnswered = new Promise<void>((done) => {
      answerTwin = done;
    });
    await page.route('**/api/leads/twin', async (route) => {
      await isAnswered;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Merge …' }).click();
    const dialog = page.getByRole('dialog');
    const id = dialog.getByLabel('Id of the other lead');
    await id.fill('twin');
    await Promise.all([page.waitForRequest('**/api/leads/twin'), id.press('Enter')]);
    await id.fill('hal');
    await id.press('Enter');
    const typed = dialog.getByText('Type the id of the lead that ends:');
    await typed.filter({ hasText: 'hal' }).waitFor();
    await dialog.getByRole('status').getByText('Ana Test').waitFor();
    await Promise.all([page.waitForResponse('**/api/leads/twin'), answerTwin()]);
    await page.waitForTimeout(300);
    expect(await typed.innerText()).toContain('hal');
    opened.assertNoErrors();
  });

  it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s', async (colorScheme) => {
    const page = await openLead('bob', undefined, { context: { colorScheme, bypassCSP: true } });
    await openWhatIf(page);
    for (const summary of await page.locator('.dimension > summary, .entry summary').all())
      await summary.click();
    expect(await findViolations(page)).toEqual([]);
  });
});
