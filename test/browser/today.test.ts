import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStackApi, type StackApi } from './support/api.ts';
import { findViolations } from './support/axe.ts';
import { hasChromium } from './support/chromium.ts';
import { type OpenedConsole, openConsole } from './support/console.ts';

const sam = { role: 'seller', subject: 'sam@example.com', queues: ['sales', 'sales-priority'] } as const;
const olga = { role: 'seller', subject: 'olga@example.com', queues: ['sales', 'sales-priority'] } as const;
const stranger = { role: 'seller', subject: 'eve@example.com', queues: ['partners'] } as const;

interface Listed {
  readonly leadId: string;
  readonly queue: string;
  readonly dueAt?: string;
  readonly next?: object;
}

const rowOf = (page: Page, leadId: string) => page.locator(`[data-handoff^="${leadId}~"]`);

/** Leaves the page as far as the page can tell, so that answers are sent that could be undone until then. */
const leave = (page: Page): Promise<void> =>
  page.evaluate("void dispatchEvent(new PageTransitionEvent('pagehide'))");

/** Notes the answers that a page sends. */
const noteAnswers = (page: Page): string[] => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (/\/(accept|reject)$/.test(request.url())) sent.push(request.url());
  });
  return sent;
};

describe.skipIf(!hasChromium)('the page Today', () => {
  let opened: OpenedConsole;
  let api: StackApi;
  beforeAll(async () => {
    opened = await openConsole('--no-sample');
    api = createStackApi(opened.endpoint);
  });
  afterAll(() => opened?.close());

  it('says that nobody is waiting before anybody is', async () => {
    const page = await opened.open();
    await page.getByText('Nobody is waiting for a call.').waitFor();
  });

  it('shows whom to call and why, and an accepted lead moves to sql', async () => {
    const { reasons = [], question } = await api.handOff('t-accept', { name: 'Ada Buyer', company: 'Acme' });
    const page = await opened.open({ as: sam });
    const row = rowOf(page, 't-accept');
    await row.getByRole('link', { name: 'Ada Buyer' }).waitFor();
    const text = await row.innerText();
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(text).toContain(reason.text);
    expect(text).toContain('Acme');
    expect(text.includes('Ask next')).toBe(question !== undefined);
    expect(text).toMatch(/\d+h( \d+m)? left/);
    await row.getByRole('button', { name: /Accept.*Ada Buyer/ }).click();
    await row.getByText('Accepted. You can still undo it.').waitFor();
    await api.untilLead('t-accept', ({ stage }) => stage === 'sql');
    const { actor } = await api.untilHandoff('t-accept', 'accepted');
    expect(actor).toBe('sam@example.com');
    await page.mouse.move(0, 0);
    await row.waitFor({ state: 'detached' });
  });

  it('names English as the language of what the model words, and Spanish as that of the rest', async () => {
    const { reasons = [] } = await api.handOff('t-spanish', { name: 'Eva Compra' });
    const page = await opened.open({ as: sam, context: { locale: 'es-MX' } });
    const row = rowOf(page, 't-spanish');
    await row.getByText('Por qué: el contacto').waitFor();
    const english = await row.locator('[lang="en"]').allInnerTexts();
    expect(english).toEqual(expect.arrayContaining(reasons.slice(0, 3).map(({ text }) => text)));
    expect(english.join(' ')).not.toMatch(/Por qué|Pregunta/);
  });

  it('sends nothing of an answer that is undone, and sends others when the page is left', async () => {
    await Promise.all([api.handOff('t-undone'), api.handOff('t-left')]);
    const page = await opened.open({ as: sam });
    const sent = noteAnswers(page);
    await rowOf(page, 't-undone')
      .getByRole('button', { name: /^Accept/ })
      .click();
    await rowOf(page, 't-left')
      .getByRole('button', { name: /^Accept/ })
      .click();
    const toast = page.locator('.toast').filter({ hasText: 't-undone' });
    await toast.getByRole('button', { name: 'Undo' }).click();
    await rowOf(page, 't-undone')
      .getByRole('button', { name: /^Accept/ })
      .waitFor();
    await leave(page);
    await api.untilLead('t-left', ({ stage }) => stage === 'sql');
    expect(sent.filter((url) => url.includes('t-undone'))).toEqual([]);
    expect(sent.filter((url) => url.includes('t-left'))).toHaveLength(1);
    const lead = await api.untilLead('t-undone', () => true);
    expect(lead.stage).toBe('mql');
  });

  it('sends an answer no sooner than its toast goes, which stays while the pointer or the focus is on it', async () => {
    await api.handOff('t-slow');
    const page = await opened.open({ as: sam });
    await page.clock.install();
    const sent = noteAnswers(page);
    await rowOf(page, 't-slow')
      .getByRole('button', { name: /^Accept/ })
      .click();
    const toast = page.locator('.toast').filter({ hasText: 't-slow' });
    await toast.hover();
    await page.clock.runFor(60_000);
    await toast.getByRole('button', { name: 'Undo' }).focus();
    await page.mouse.move(0, 0);
    await page.clock.runFor(60_000);
    expect(sent).toEqual([]);
    const answered = page.waitForRequest(/\/accept$/);
    await rowOf(page, 't-slow').focus();
    await page.clock.runFor(6_000);
    await answered;
    await toast.waitFor({ state: 'detached' });
  });

  it('asks for a reason to reject, and a rejected lead goes back to nurture', async () => {
    await api.handOff('t-reject', { name: 'Rae Reject' });
    const page = await opened.open({ as: sam });
    await rowOf(page, 't-reject')
      .getByRole('button', { name: /^Reject/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Reject this lead' });
    await dialog.getByRole('button', { name: /^Reject/ }).click();
    await dialog.getByText('A reason is needed').waitFor();
    // The letters of keys are typed, and do nothing else.
    await page.keyboard.type('a jar of reasons?');
    await dialog.getByRole('button', { name: /^Reject/ }).click();
    await rowOf(page, 't-reject').getByText('Rejected. You can still undo it.').waitFor();
    await leave(page);
    const { reason } = await api.untilHandoff('t-reject', 'rejected');
    expect(reason).toBe('a jar of reasons?');
    const lead = await api.untilLead('t-reject', ({ status }) => status === 'recycled');
    expect(lead.action.kind).not.toBe('handoff');
  });

  it('says that somebody else was first, and that another queue is not yours', async () => {
    const [handoff] = await Promise.all([api.handOff('t-taken'), api.handOff('t-theirs')]);
    const page = await opened.open({ as: sam });
    await rowOf(page, 't-taken')
      .getByRole('button', { name: /^Accept/ })
      .click();
    await api.call(olga, 'POST', `/api/handoffs/${encodeURIComponent(handoff.id)}/accept`, {});
    await api.untilHandoff('t-taken', 'accepted');
    await leave(page);
    await rowOf(page, 't-taken').getByText('Somebody else has answered this meanwhile').waitFor();
    expect(await page.locator('.toast').count()).toBe(0);

    await page.route('**/accept', (route) => route.fulfill({ status: 403, json: { type: 'forbidden' } }));
    const row = rowOf(page, 't-theirs');
    await row.getByRole('button', { name: /^Accept/ }).click();
    await leave(page);
    await row.getByText('This belongs to another queue').waitFor();
    await row.getByRole('button', { name: /^Accept/ }).waitFor();
  });

  it('tells of an answer that did not count on whatever page the reader is', async () => {
    const handoff = await api.handOff('t-elsewhere', { name: 'Eve Where' });
    const page = await opened.open({ as: sam });
    const row = rowOf(page, 't-elsewhere');
    await row.getByRole('button', { name: /^Accept/ }).click();
    await page.getByRole('link', { name: 'Leads' }).click();
    await row.waitFor({ state: 'detached' });
    await api.call(olga, 'POST', `/api/handoffs/${encodeURIComponent(handoff.id)}/accept`, {});
    await api.untilHandoff('t-elsewhere', 'accepted');
    await leave(page);
    const toast = page.locator('.toast').filter({ hasText: 'Eve Where' });
    await toast.getByText('Somebody else has answered this meanwhile').waitFor();
    await toast.getByRole('button', { name: 'Close' }).click();
    await toast.waitFor({ state: 'detached' });
  });

  it('offers sellers no answer that the API would refuse', async () => {
    await api.handOff('t-refused');
    const page = await opened.open({ as: stranger });
    await page.getByText('Nobody who is waiting matches the filters.').waitFor();
    await page.getByLabel('Whose').selectOption('all');
    const row = rowOf(page, 't-refused');
    await row.waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    await row.focus();
    await page.keyboard.press('a');
    expect(await page.locator('.toast').count()).toBe(0);
  });

  it('puts a row back if the answer cannot be sent', async () => {
    await api.handOff('t-offline');
    const page = await opened.open({ as: sam });
    const row = rowOf(page, 't-offline');
    await row.getByRole('button', { name: /^Accept/ }).click();
    await page.context().setOffline(true);
    await leave(page);
    await row.getByText('your answer was not sent').waitFor();
    await row.getByRole('button', { name: /^Accept/ }).waitFor();
  });

  it('has its filters in the address, where they survive a reload', async () => {
    await Promise.all([api.handOff('t-filter'), api.untilHandoff('t-accept', 'accepted')]);
    const page = await opened.open();
    await rowOf(page, 't-filter').waitFor();
    await page.getByLabel('State').selectOption('accepted');
    await rowOf(page, 't-accept').waitFor();
    await page.reload();
    await rowOf(page, 't-accept').waitFor();
    expect(new URL(page.url()).hash).toBe('#/?state=accepted');
    expect(await rowOf(page, 't-filter').count()).toBe(0);
    await page.getByLabel('State').selectOption('open');
    await page.getByLabel('Late only').check();
    await page.getByText('Nobody who is waiting matches the filters.').waitFor();
    expect(new URL(page.url()).hash).toBe('#/?late=yes');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await rowOf(page, 't-filter').waitFor();
  });

  it('shows a queue whole although there are more hand-offs than are loaded', async () => {
    const { queue } = await api.handOff('t-beyond');
    const page = await opened.open();
    await page.route('**/api/handoffs?*', async (route) => {
      const url = new URL(route.request().url());
      if (url.searchParams.has('queue')) return route.continue();
      return route.fulfill({ json: { handoffs: [], cursor: 'more' } });
    });
    await page.reload();
    await page.getByText('Only the first 0 are shown. Choose a queue to see others.').waitFor();
    await page.getByText('Nobody of those who were loaded matches the filters.').waitFor();
    await page.locator('.glance').getByText('at least 0').first().waitFor();
    await page.getByLabel(/^Queue/).selectOption(queue);
    await rowOf(page, 't-beyond').waitFor();
    expect(await page.getByText(/^Only the first/).count()).toBe(0);
  });

  it('shows what is no longer as it was requested: missed and paused deadlines, reasons of another day', async () => {
    await Promise.all([api.handOff('t-escalated'), api.handOff('t-paused')]);
    const page = await opened.open();
    const dueAt = '2026-03-03T09:00:00.000Z';
    await page.route('**/api/handoffs?*', async (route) => {
      const response = await route.fetch();
      const { handoffs, cursor } = (await response.json()) as { handoffs: Listed[]; cursor: null };
      const changed = handoffs.map((each) => {
        const { dueAt: _dueAt, next: _next, ...rest } = each;
        if (each.leadId === 't-paused') return { ...rest, pausedAt: dueAt };
        const missed = [{ queue: each.queue, dueAt, followedBy: 'escalate' }];
        return { ...rest, dueAt, missed, late: true, requestedAt: dueAt, escalatedTo: 'sales-managers' };
      });
      await route.fulfill({ response, json: { handoffs: changed, cursor } });
    });
    await page.reload();
    const text = await rowOf(page, 't-escalated').innerText();
    expect(text).toMatch(/Missed by sales(-priority)?: Mar 3, 2026/);
    expect(text).toContain('Notified: sales-managers');
    expect(text).not.toContain('Due');
    expect(text).toMatch(/Requested \d+ days ago, because then the lead/);
    expect(text).toMatch(/Tier and score as of \d+ days ago/);
    const paused = await rowOf(page, 't-paused').innerText();
    expect(paused).toMatch(/The deadline is paused\s+Since Mar 3, 2026/);
    expect(paused).toContain('Why: the lead');
    expect(paused).not.toContain('days ago');
  });

  it('shows a hostile name as text, and stays within 360 pixels', async () => {
    const script = '<img src=x onerror=document.title="taken"><script>document.title="taken"</script>';
    await Promise.all([
      api.handOff('t-script', { name: script, company: script }),
      api.handOff('t-turned', { name: '\u202Egnp.exe\u202E moc' }),
      api.handOff('t-long', { name: 'W'.repeat(900), company: '\u0e01\u0e49'.repeat(400) }),
    ]);
    // Attributes are shorter than this; whatever sends longer ones must not break the page either.
    const page = await opened.open({
      as: { role: 'viewer' },
      context: { viewport: { width: 360, height: 800 } },
    });
    await page.route('**/api/handoffs?*', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll('W'.repeat(900), 'W'.repeat(10_000));
      await route.fulfill({ response, body: text });
    });
    await page.reload();
    expect(await rowOf(page, 't-script').getByRole('heading').innerText()).toBe(script);
    expect(await page.title()).toBe('Today · Sluice');
    expect((await rowOf(page, 't-long').getByRole('heading').innerText()).length).toBe(10_000);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const boxes = await Promise.all((await page.locator('.handoff').all()).map((row) => row.boundingBox()));
    const heights = boxes.map((box) => box?.height ?? 0);
    expect(Math.max(...heights)).toBeLessThan(600);
    const direction = await page.evaluate(
      `getComputedStyle(document.querySelector('[data-handoff^="t-turned"] h2 bdi')).unicodeBidi`,
    );
    expect(direction).toBe('isolate');
    opened.assertNoErrors();
  });

  it('offers no answers to viewers', async () => {
    await api.handOff('t-viewer');
    const page = await opened.open({ as: { role: 'viewer' } });
    await rowOf(page, 't-viewer').waitFor();
    expect(await page.locator('.queue').getByRole('button').count()).toBe(0);
    await rowOf(page, 't-viewer').focus();
    await page.keyboard.press('a');
    expect(await page.locator('.toast').count()).toBe(0);
  });

  it('is answered by the keyboard alone', async () => {
    await Promise.all([api.handOff('t-key-1'), api.handOff('t-key-2')]);
    const page = await opened.open({ as: sam });
    await rowOf(page, 't-key-2').waitFor();
    const focused = (): Promise<string | undefined> =>
      page.evaluate('document.activeElement?.dataset.handoff');
    const isThere = async (): Promise<boolean> => (await focused())?.startsWith('t-key-1~') ?? false;
    while (!(await isThere())) await page.keyboard.press('j');
    await page.keyboard.press('a');
    await rowOf(page, 't-key-1').getByText('Accepted. You can still undo it.').waitFor();
    expect(await isThere()).toBe(false);
    await page.keyboard.press('u');
    await rowOf(page, 't-key-1')
      .getByRole('button', { name: /^Accept/ })
      .waitFor();
    await page.keyboard.press('k');
    expect(await isThere()).toBe(true);
    await page.keyboard.press('a');
    await leave(page);
    await api.untilLead('t-key-1', ({ stage }) => stage === 'sql');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys of this page' }).waitFor();
  });

  it('lets an answer be taken back by the keyboard alone, without haste and without single keys', async () => {
    await api.handOff('t-undo-key');
    const page = await opened.open({ as: sam });
    const row = rowOf(page, 't-undo-key');
    await row.waitFor();
    await page.clock.install();
    const sent = noteAnswers(page);
    const accept = row.getByRole('button', { name: /^Accept/ });
    await accept.press('Enter');
    const undo = row.getByRole('button', { name: /^Undo/ });
    await undo.waitFor();
    // The row has the focus; its name comes before the button.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Undo');
    await page.clock.runFor(60_000);
    await page.keyboard.press('Enter');
    await accept.waitFor();
    expect(await page.evaluate('document.activeElement?.dataset.handoff')).toMatch(/^t-undo-key~/);
    expect(sent).toEqual([]);
  });

  it('sends an answer although its way back was left only by going to another page', async () => {
    await api.handOff('t-held-back');
    const page = await opened.open({ as: sam });
    const row = rowOf(page, 't-held-back');
    await row.getByRole('button', { name: /^Accept/ }).click();
    await row.getByRole('button', { name: /^Undo/ }).focus();
    await page.evaluate("void (location.hash = '#/leads')");
    await row.waitFor({ state: 'detached' });
    await api.untilHandoff('t-held-back', 'accepted');
  });

  it('answers one person by a key that is held', async () => {
    await Promise.all([api.handOff('t-held-1'), api.handOff('t-held-2'), api.handOff('t-held-3')]);
    const page = await opened.open({ as: sam });
    await rowOf(page, 't-held-3').waitFor();
    await page.locator('[data-handoff]').first().focus();
    for (let i = 0; i < 3; i += 1) await page.keyboard.down('a');
    await page.keyboard.up('a');
    expect(await page.locator('.toast').count()).toBe(1);
    await page.keyboard.press('u');
  });

  it('uses no single keys once they are turned off', async () => {
    await api.handOff('t-no-keys');
    const page = await opened.open({ as: sam });
    await rowOf(page, 't-no-keys').waitFor();
    await page.getByRole('button', { name: /^Keys/ }).click();
    await page.getByLabel('Use single keys on this page').uncheck();
    await page.keyboard.press('Escape');
    await rowOf(page, 't-no-keys').focus();
    await page.keyboard.press('a');
    await page.keyboard.press('r');
    expect(await page.locator('.toast, dialog').count()).toBe(0);
  });

  it('shows new ones by themselves, but moves nothing under the pointer', async () => {
    await api.handOff('t-before');
    const page = await opened.open({ as: sam });
    await rowOf(page, 't-before').waitFor();
    await api.handOff('t-new');
    await rowOf(page, 't-new').getByText('New', { exact: true }).waitFor();
    await rowOf(page, 't-before').hover();
    const rows = (): Promise<string[]> =>
      page.evaluate("[...document.querySelectorAll('[data-handoff]')].map((row) => row.dataset.handoff)");
    const before = await rows();
    await api.handOff('t-held');
    const button = page.getByRole('button', { name: 'Show 1 new one' });
    await button.waitFor();
    expect(await rows()).toEqual(before);
    await button.click();
    await rowOf(page, 't-held').waitFor();
  });

  it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s', async (colorScheme) => {
    await api.handOff(`t-axe-${colorScheme}`);
    const page = await opened.open({ as: sam, context: { colorScheme, bypassCSP: true } });
    await rowOf(page, `t-axe-${colorScheme}`).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await rowOf(page, `t-axe-${colorScheme}`)
      .getByRole('button', { name: /^Reject/ })
      .click();
    await page.getByRole('dialog').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
