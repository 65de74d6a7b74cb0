import type { StackClock } from '../../infra/local/clock/stack-clock.ts';
import { CliError } from '../errors.ts';
import type { RunningStack } from '../stack/run-stack.ts';
import { noteDoneHours, readEarliestDue } from './due-items.ts';
import { findStep } from './find-step.ts';
import { runsWhenMoved } from './local-schedules.ts';

export interface ClockMover {
  readonly running: RunningStack;
  /** The clock of that stack. */
  readonly clock: StackClock;
  /** The time by which leads may be woken late, in milliseconds; see `computeLeeway`. */
  readonly leeway: number;
}

/** The most runs at one instant. Each handles all that is due, which can begin something that is due at once. */
const mostRuns = 50;

/**
 * Moves the clock of a stack to an instant. All that falls due on the way happens, each at its own instant; the stack is
 * idle between two moves, so that nothing comes too late. Returns when the next hand-off or nurture track is due, in
 * milliseconds since 1970.
 *
 * @throws CliError `CLOCK_STUCK` if something stays due
 */
export const moveClock = async ({ running, clock, leeway }: ClockMover, until: number): Promise<number> => {
  const { stack, client, leadsTable } = running;
  for (let runs = 0; ; runs++) {
    await stack.idle();
    const due = await readEarliestDue(client, leadsTable);
    const step = findStep(due, leeway, until);
    if (step === undefined) {
      clock.moveTo(Math.max(until, clock.now()));
      return due.followUp;
    }
    const before = clock.now();
    clock.moveTo(Math.max(step, before));
    if (clock.now() > before) runs = 0;
    if (runs >= mostRuns) {
      const at = new Date(Math.min(due.lead, due.followUp)).toISOString();
      throw new CliError('CLOCK_STUCK', `something is due at ${at}, and stays so after ${mostRuns} runs`);
    }
    await noteDoneHours(client, leadsTable, due);
    await stack.schedules.runOnce(runsWhenMoved);
  }
};
