import type { Page } from 'playwright-core';
import type * as z from 'zod/mini';
import type { leadsAnswer } from '../../../events/api/answers/leads.ts';
import type { OpenedConsole } from './console.ts';

type ListedLead = z.output<typeof leadsAnswer>['leads'][number];

const tiers = ['excellent', 'good', 'risky', 'none'] as const;
const stages = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'] as const;
const firstNames = ['Ana', 'Ben', 'Eva', 'Íñigo', 'Kim', 'Lee', 'Max', 'Zoë'];
const lastNames = ['Example', 'Muñoz', 'Muster', 'Placeholder', 'Sample'];

const pick = <T>(of: readonly T[], i: number): T => of[i % of.length] as T;

/** Returns the lead of a number. Its values repeat with periods of their own, so that all combinations are there. */
const buildLead = (i: number): ListedLead => {
  const heard = new Date(Date.UTC(2026, 0, 1) + ((i * 7_919) % 20_000_000) * 1_000).toISOString();
  const tier = pick(tiers, i);
  return {
    leadId: `lead-${String(i).padStart(6, '0')}`,
    version: 1,
    name: `${pick(firstNames, i)} ${pick(lastNames, Math.floor(i / 8))} ${i}`,
    company: `Company ${(i * 31) % 997}`,
    owner: `rep-${i % 7}`,
    stage: pick(stages, Math.floor(i / 4)),
    status: i % 11 === 0 ? 'recycled' : 'active',
    tier,
    score: ((i * 37) % 10_000) / 100,
    coverage: 0.5,
    dimensions: { profile: 50, engagement: 50 },
    modelVersion: 'success-ready@5',
    action:
      tier === 'good'
        ? { kind: 'handoff', queue: 'sales', dueHours: 24 }
        : { kind: 'nurture', track: 'news' },
    asOf: heard,
    lastHeard: heard,
    ...(i % 3 === 0 && { dueAt: '2027-01-01T07:00:00.000Z' }),
  };
};

/** A page that lists many leads. */
export interface ManyLeads {
  readonly page: Page;
  /** Returns the lengths of the tasks since the last call that blocked the page for more than 50 ms, in milliseconds. */
  readonly takeLongTasks: () => Promise<number[]>;
}

const observeLongTasks = `
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask', buffered: true });
`;

/** Opens the page Leads with a number of leads. The API's answers are made up here, since the page is what is tried. */
export const openManyLeads = async (opened: OpenedConsole, count: number): Promise<ManyLeads> => {
  const page = await opened.open();
  const leads = Array.from({ length: count }, (_, i) => buildLead(i));
  await page.route('**/api/leads?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const limit = Number(query.get('limit'));
    const from = Number(query.get('cursor') ?? 0);
    const listed = leads.filter(
      ({ tier, stage }) => (query.get('tier') ?? tier) === tier && (query.get('stage') ?? stage) === stage,
    );
    const cursor = from + limit < listed.length ? String(from + limit) : null;
    await route.fulfill({ json: { leads: listed.slice(from, from + limit), cursor } });
  });
  await page.addInitScript(observeLongTasks);
  await page.goto(`${opened.endpoint}/console/#/leads`);
  await page.reload();
  await page.getByText(`${count.toLocaleString('en')} leads`, { exact: true }).waitFor();
  const takeLongTasks = async (): Promise<number[]> => {
    // Entries are handed over when the page has time.
    await page.waitForTimeout(300);
    return page.evaluate('globalThis.longTasks.splice(0)');
  };
  return { page, takeLongTasks };
};

/** Scrolls through all leads by the wheel, and to both ends by keys. */
export const scrollLeads = async (page: Page): Promise<void> => {
  const table = page.getByRole('region', { name: 'Leads' });
  await table.hover();
  for (let i = 0; i < 40; i += 1) await page.mouse.wheel(0, 1_500);
  await table.focus();
  for (const key of ['End', 'PageUp', 'PageUp', 'PageDown', 'Home']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(50);
  }
};

/** Types a text that is searched, and takes it back. */
export const typeText = async (page: Page): Promise<void> => {
  await page.getByLabel('Find').focus();
  await page.keyboard.type('munoz 12', { delay: 30 });
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('Backspace');
};

/** Chooses filters and orders. */
export const chooseFilters = async (page: Page): Promise<void> => {
  for (const [label, value] of [
    ['Tier', 'risky'],
    ['Stage', 'sql'],
    ['Tier', ''],
    ['Stage', ''],
    ['Sorted by', 'name'],
    ['Sorted by', 'heard'],
    ['Sorted by', 'score'],
  ] as const) {
    await page.getByLabel(label).selectOption(value);
    await page.waitForTimeout(50);
  }
};
