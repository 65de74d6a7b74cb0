import { apiLimits } from '../../events/api/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';

const tooMuch = (given: string, allowed: string): ApiProblem =>
  new ApiProblem('too-much-to-read', 'the table is too large to be reported on in one answer', [
    { path: 'items', given, allowed: `${allowed}; the command \`sluice report\` has no such limit` },
  ]);

/**
 * Starts the budget of one report. Returns a function that is called with the number of items of each page.
 *
 * @param stopwatch returns milliseconds since any instant, by a clock that nobody sets
 * @throws ApiProblem, from the function returned, once more was read than allowed, or for longer
 */
export const startReadBudget = (stopwatch: () => number): ((items: number) => void) => {
  const start = stopwatch();
  let read = 0;
  return (items) => {
    read += items;
    if (read > apiLimits.reportItems)
      throw tooMuch(`more than ${apiLimits.reportItems} items`, `at most ${apiLimits.reportItems}`);
    if (stopwatch() - start > apiLimits.reportMs) {
      const seconds = `${apiLimits.reportMs / 1_000} seconds`;
      throw tooMuch(
        `more items than were read within ${seconds}: ${read}`,
        `as many as ${seconds} suffice for`,
      );
    }
  };
};
