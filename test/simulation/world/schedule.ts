import type { Plan } from '../load/plan.ts';
import type { Random } from '../random.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Invocation, LambdaFunction } from '../services/functions.ts';
import type { DueItems } from './due-items.ts';

const minuteMs = 60_000;

/** The interval of the schedule that wakes `advance-leads`; it begins a minute after the hour. */
const wakingMs = 5 * minuteMs;

/** Returns the first wake-up at or after an instant. */
export const nextWakeUp = (at: number): number => Math.ceil((at - minuteMs) / wakingMs) * wakingMs + minuteMs;

export interface ScheduleProps {
  readonly plan: Plan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly dueItems: DueItems;
  readonly lambda: LambdaFunction;
  readonly onInvoked: (invocation: Invocation, now: number) => void;
}

/**
 * Wakes `advance-leads` every five minutes of virtual time, up to an instant that can be moved. Wake-ups at which nothing
 * is due do nothing, and are left out. While faults strike, wake-ups come late, twice, or not at all for days.
 */
export class Schedule {
  readonly #props: ScheduleProps;
  readonly #planned = new Set<number>();
  #until = 0;
  #isDisturbed = true;
  #hasRun = false;

  constructor(props: ScheduleProps) {
    this.#props = props;
    props.dueItems.onChange = () => this.#consider();
  }

  /** Wakes up to an instant, in milliseconds since 1970. */
  wakeUntil(until: number): void {
    this.#until = until;
    this.#consider();
  }

  /** From now on, wake-ups are punctual. */
  heal(): void {
    this.#isDisturbed = false;
    this.#consider();
  }

  /** Plans the wake-up for what is due first, unless there will be one before it. */
  #consider(since = 0): void {
    const { scheduler, dueItems, plan, random } = this.#props;
    // The first run notes where the next ones begin.
    const due = Math.max(this.#hasRun ? dueItems.first : 0, scheduler.now, since);
    if (due > this.#until) return;
    let at = nextWakeUp(due);
    if (this.#isDisturbed) {
      const outage = plan.outages.find(({ from, to }) => from <= at && at < to);
      if (outage !== undefined) at = outage.to + random.between(0, wakingMs);
    }
    if (this.#planned.has(at)) return;
    this.#planned.add(at);
    const late =
      this.#isDisturbed && random.chance(plan.lateWakes) ? random.between(0, plan.latestWakeMs) : 0;
    scheduler.after(at + late - scheduler.now, () => {
      this.#planned.delete(at);
      void this.#wake();
      if (this.#isDisturbed && random.chance(plan.doubleWakes)) void this.#wake();
    });
  }

  async #wake(): Promise<void> {
    const { scheduler, lambda, onInvoked, dueItems } = this.#props;
    const { now } = scheduler;
    if (this.#hasRun && dueItems.first > now) return this.#consider();
    const invocation = await lambda.invoke({});
    onInvoked(invocation, now);
    this.#hasRun ||= invocation.result.ok;
    this.#consider(now + 1);
  }
}
