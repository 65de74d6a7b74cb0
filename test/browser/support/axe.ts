import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 at the levels A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
  readonly passes: readonly object[];
}

/**
 * Returns what axe finds against WCAG 2.2 AA on a page: a line for each element.
 *
 * @throws Error if no rule passes either, since then nothing was checked
 */
export const findViolations = async (page: Page): Promise<string[]> => {
  await page.evaluate(source);
  const results = (await page.evaluate(
    (values) => (globalThis as unknown as { axe: { run: (...given: unknown[]) => unknown } }).axe.run(values),
    { runOnly: tags, resultTypes: ['violations', 'passes'] } as unknown,
  )) as AxeResults;
  if (results.passes.length === 0) throw new Error('axe has checked nothing');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) =>
        `${id}: ${html.slice(0, 200)} ${failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  );
};
