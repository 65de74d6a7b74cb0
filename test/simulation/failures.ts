import { formatFailure } from './cli/format.ts';
import { type Outcome, type SimulateProps, simulate } from './simulate.ts';

/** Runs some seeds and returns how each one that fails does so. */
export const collectFailures = async (
  from: number,
  count: number,
  props: SimulateProps = {},
): Promise<string[]> => {
  const failed: Outcome[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await simulate(seed, props);
    if (outcome.findings.length > 0) failed.push(outcome);
  }
  return failed.map(formatFailure);
};
