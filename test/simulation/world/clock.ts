import { start } from '../load/instants.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** Virtual time for whoever asks the machine, as soon as there is a scheduler that has it. */
export class Clock {
  scheduler: Scheduler | undefined;

  now = (): number => this.scheduler?.now ?? start;

  sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (this.scheduler === undefined) resolve();
      else this.scheduler.after(ms, resolve);
    });
}
