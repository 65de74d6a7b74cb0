import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../../test/browser/support/console.ts';
import {
  chooseFilters,
  openManyLeads,
  scrollLeads,
  typeText,
} from '../../test/browser/support/many-leads.ts';
import type { Measure } from '../measure.ts';

const leads = 10_000;

/** The steps that are measured, by name. */
const steps = { scrolling: scrollLeads, typing: typeText, filtering: chooseFilters } as const;

/** An entry of Chromium's trace, with lengths in microseconds: elapsed, and of CPU time. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;

/** Returns the tasks of the thread that a page's script and drawing share, while a step is taken. */
const traceTasks = async (browser: Browser, page: Page, step: (of: Page) => Promise<void>) => {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await step(page);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const named = traceEvents.filter(({ name }) => name === 'thread_name');
  const main = new Set(named.filter(({ args }) => args?.name === 'CrRendererMain').map(threadOf));
  const tasks = traceEvents.filter((each) => each.name === 'RunTask' && main.has(threadOf(each)));
  if (tasks.every(({ tdur }) => tdur === undefined)) throw new Error('the trace has no task with CPU time');
  return tasks;
};

const longestMs = (lengths: readonly (number | undefined)[]): number =>
  Math.max(...lengths.map((each = 0) => each / 1_000));

/**
 * Measures how long the page Leads is blocked at most while many leads are scrolled and filtered, in CPU time: other
 * processes lengthen the elapsed time of whichever task they interrupt.
 */
export const measureLongestTasks = async (rounds: number): Promise<readonly Measure[]> => {
  const opened = await openConsole('--no-sample');
  try {
    const { page } = await openManyLeads(opened, leads);
    const measures: Measure[] = [];
    for (const [name, step] of Object.entries(steps)) {
      const tasks: TraceEvent[] = [];
      for (let round = 0; round < rounds; round += 1)
        tasks.push(...(await traceTasks(opened.browser, page, step)));
      measures.push({
        name: `longest task, ${name} ${leads.toLocaleString('en')} leads`,
        value: longestMs(tasks.map(({ tdur }) => tdur)),
        unit: 'CPU ms',
        limit: { atMost: 100 },
        details: { 'elapsed, ms': longestMs(tasks.map(({ dur }) => dur)), tasks: tasks.length },
      });
    }
    return measures;
  } finally {
    await opened.close();
  }
};
