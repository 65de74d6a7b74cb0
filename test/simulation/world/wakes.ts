import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { rescoringKey } from '../../../shared/keys/index.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

const minuteMs = 60_000;

/** Wakes `rescore-leads` at each whole minute, as the schedule does. Minutes at which no rescoring runs are left out. */
export class Wakes {
  readonly #scheduler: Scheduler;
  #isRunning = false;
  #isPlanned = false;
  onWake: () => void = () => {};

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Notes whether a rescoring runs. */
  note({ table, key, after }: Change): void {
    if (table !== 'leads' || key.pk !== rescoringKey.pk || key.sk !== rescoringKey.sk) return;
    this.#isRunning = after?.status?.S === 'running';
    if (this.#isRunning) this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const { now } = this.#scheduler;
    this.#scheduler.after(minuteMs - (now % minuteMs), () => {
      this.#isPlanned = false;
      if (!this.#isRunning) return;
      this.onWake();
      this.#plan();
    });
  }
}
