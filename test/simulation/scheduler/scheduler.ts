import type { Random } from '../random.ts';
import { type Actor, createActor } from './actor.ts';
import { chooser, type Order } from './order.ts';
import type { Strike } from './strike.ts';
import { Timers } from './timers.ts';

export interface Call<T> {
  readonly actor: Actor;
  /** What is called, for people who read the steps of a run. */
  readonly name: () => string;
  readonly perform: () => T | Promise<T>;
  /** Asked when the call's turn comes. */
  readonly strike?: (() => Strike | undefined) | undefined;
}

interface Step extends Call<unknown> {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A step of a run, as it is told. */
export interface Told {
  readonly step: number;
  readonly now: number;
  readonly actor: string;
  readonly call: string;
  readonly fault?: string | undefined;
  readonly error?: string | undefined;
}

export interface SchedulerProps {
  readonly random: Random;
  readonly order: Order;
  /** Milliseconds since 1970 at which the run begins. */
  readonly start: number;
  /** How likely the clock jumps to the next timer although somebody is at work: who works was slow. */
  readonly stall: () => number;
  /** How likely a call of somebody who was killed is carried out all the same: it was on its way. */
  readonly orphan: () => number;
  readonly onStep?: ((told: Told) => void) | undefined;
  /** Called when a step is over; a step is one call of a service. */
  readonly afterStep?: (() => void | Promise<void>) | undefined;
}

/** A run that doesn't come to an end. */
export class RestlessError extends Error {
  readonly code = 'RESTLESS';
  constructor(steps: number) {
    super(`the run has not come to rest after ${steps} steps`);
    this.name = 'RestlessError';
  }
}

/** Runs after every promise that could go on has gone on: Node works microtasks off before the next tick. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

const mostSteps = 60_000;
const longestStepMs = 20;

/**
 * Virtual time, and the order of all that happens. Every call of a service waits here; one after the other goes on,
 * which one the seed decides. So whoever works is interleaved with all others at every await, and the same seed gives
 * the same run.
 */
export class Scheduler {
  readonly #props: SchedulerProps;
  readonly #steps: Step[] = [];
  readonly #timers = new Timers();
  readonly #choose: (steps: readonly Step[]) => number;
  #now: number;
  #count = 0;
  #digest = 0x811c9dc5;

  /** Who does what nobody else does: moving messages, starting functions. Never killed. */
  readonly world: Actor = createActor('world');

  constructor(props: SchedulerProps) {
    this.#props = props;
    this.#now = props.start;
    this.#choose = chooser(props.order, props.random);
  }

  get now(): number {
    return this.#now;
  }

  get steps(): number {
    return this.#count;
  }

  /** Tells runs apart by what was chosen: two runs of one seed have one digest. */
  get digest(): number {
    return this.#digest >>> 0;
  }

  /** Waits for its turn, then calls. Never comes back to who was killed meanwhile. */
  call<T>(call: Call<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!call.actor.isAlive) return;
      this.#steps.push({ ...call, resolve: resolve as Step['resolve'], reject });
    });
  }

  /** Something that the world does when its turn comes. */
  offer(name: () => string, perform: () => unknown): void {
    this.#steps.push({ actor: this.world, name, perform, resolve: () => {}, reject: () => {} });
  }

  after(ms: number, fire: () => void): void {
    this.#timers.set(this.#now + ms, fire);
  }

  sleep(actor: Actor, ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, () => {
        if (actor.isAlive) resolve();
      });
    });
  }

  /** Goes on until nothing waits and nothing is due. */
  async run(): Promise<void> {
    const { random, stall } = this.#props;
    for (;;) {
      await settled();
      if (this.#steps.length === 0 || random.chance(stall())) {
        const next = this.#timers.next;
        if (next !== undefined) this.#goTo(next);
        else if (this.#steps.length === 0) return;
        continue;
      }
      if (++this.#count > mostSteps) throw new RestlessError(mostSteps);
      const waiting = this.#steps.length;
      const chosen = this.#choose(this.#steps);
      this.#mix(chosen, waiting, this.#now);
      const [step] = this.#steps.splice(chosen, 1);
      await this.#take(step as Step);
      const after = this.#props.afterStep?.();
      if (after !== undefined) await after;
      this.#goTo(this.#now + random.between(0, longestStepMs));
    }
  }

  #goTo(now: number): void {
    this.#now = Math.max(this.#now, now);
    this.#timers.fireUntil(this.#now);
  }

  async #take(step: Step): Promise<void> {
    const strike = step.strike?.();
    if (strike !== undefined) step.actor.strikes++;
    if (strike?.kind === 'refused' || (strike?.kind === 'crash' && strike.when === 'before')) {
      this.#tell(step, strike, undefined);
      return strike.kind === 'refused' ? step.reject(strike.error()) : this.#kill(step.actor);
    }
    const outcome = await this.#perform(step);
    this.#tell(step, strike, outcome.error);
    if (strike?.kind === 'crash') return this.#kill(step.actor);
    if (strike?.kind === 'lost') return step.reject(strike.error());
    if (outcome.error !== undefined) step.reject(outcome.error);
    else step.resolve(outcome.value);
  }

  async #perform({ perform }: Step): Promise<{ value?: unknown; error?: unknown }> {
    try {
      const value = perform();
      return { value: value instanceof Promise ? await value : value };
    } catch (error) {
      return { error };
    }
  }

  /** What a killed actor still waited for never comes back to it; some of it is carried out all the same. */
  #kill(actor: Actor): void {
    const { random, orphan } = this.#props;
    for (let i = this.#steps.length - 1; i >= 0; i--) {
      const step = this.#steps[i] as Step;
      if (step.actor !== actor) continue;
      this.#steps.splice(i, 1);
      if (!random.chance(orphan())) continue;
      this.offer(() => `${step.name()} of ${actor.name}, which is gone`, step.perform);
    }
    actor.kill();
  }

  #mix(...parts: readonly number[]): void {
    for (const part of parts) this.#digest = Math.imul(this.#digest ^ part, 0x01000193);
  }

  #tell(step: Step, strike: Strike | undefined, error: unknown): void {
    this.#props.onStep?.({
      step: this.#count,
      now: this.#now,
      actor: step.actor.name,
      call: step.name(),
      fault: strike?.fault,
      error: error instanceof Error ? error.name : undefined,
    });
  }
}
