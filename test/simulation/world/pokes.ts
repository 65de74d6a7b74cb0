import type { Change } from '../../../infra/local/engine/memory/database.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

const minuteMs = 60_000;

/**
 * Pokes `send-deliveries` at the whole minutes at which something is due, as the schedule does. Minutes at which nothing
 * is due would change nothing, and are left out.
 */
export class Pokes {
  readonly #scheduler: Scheduler;
  readonly #planned = new Set<number>();
  /** The deliveries that wait. */
  readonly #waiting = new Set<string>();
  onDue: () => void = () => {};

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Notes what becomes due by a change: a delivery that waits, a circuit that closes, a lease that ends. */
  note({ table, key, after }: Change): void {
    if (table !== 'deliveries' || after === undefined) return;
    const id = `${key.pk} ${key.sk}`;
    if (after.state?.S === 'waiting') {
      this.#waiting.add(id);
      this.#plan(Date.parse(after.time?.S ?? ''));
    } else this.#waiting.delete(id);
    if (this.#waiting.size === 0) return;
    if (after.openUntil?.S !== undefined) this.#plan(Date.parse(after.openUntil.S));
    if (after.leaseUntil?.N !== undefined) this.#plan(Number(after.leaseUntil.N));
  }

  #plan(due: number): void {
    const { now } = this.#scheduler;
    const at = (Math.floor(Math.max(due, now) / minuteMs) + 1) * minuteMs;
    if (this.#planned.has(at)) return;
    this.#planned.add(at);
    this.#scheduler.after(at - now, () => {
      this.#planned.delete(at);
      this.onDue();
    });
  }
}
