import { start } from '../load/instants.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** The clock of the machine in a run: virtual time, as soon as there is a scheduler. */
export class Clock {
  scheduler: Scheduler | undefined;

  now = (): number => this.scheduler?.now ?? start;

  sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (this.scheduler === undefined) resolve();
      else this.scheduler.after(ms, resolve);
    });
}
