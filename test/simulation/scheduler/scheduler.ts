import type { Random } from '../random.ts';
import { type Actor, createActor } from './actor.ts';
import { chooser, type Order } from './order.ts';
import type { Strike } from './strike.ts';
import { Timers } from './timers.ts';

export interface Call<T> {
  readonly actor: Actor;
  /** Describes the call for people who read the steps of a run. */
  readonly name: () => string;
  readonly perform: () => T | Promise<T>;
  /** Draws the fault of the call, when its turn comes. */
  readonly strike?: (() => Strike | undefined) | undefined;
}

interface Step extends Call<unknown> {
  /** When the call was made, in milliseconds since 1970. */
  readonly since: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A step of a run, as it is reported. */
export interface StepReport {
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
  /** The instant at which the run begins, in milliseconds since 1970. */
  readonly start: number;
  /** Returns the probability that the clock jumps to the next timer while an actor is working, as if it was slow. */
  readonly stall: () => number;
  /** Returns the probability that a call of a killed actor is carried out all the same, as if it had been sent. */
  readonly orphan: () => number;
  readonly onStep?: ((report: StepReport) => void) | undefined;
  /** Called after each step; a step is one call of a service. */
  readonly afterStep?: (() => void | Promise<void>) | undefined;
}

/** The error of a run that does not end. */
class RestlessError extends Error {
  readonly code = 'RESTLESS';
  constructor(steps: number) {
    super(`the run has not come to rest after ${steps} steps`);
    this.name = 'RestlessError';
  }
}

/** Resolves after every promise that can go on has gone on: Node runs microtasks before the next tick. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

const mostSteps = 60_000;
const longestStepMs = 20;
/** The longest time that a call takes by stalls, in milliseconds. */
const longestCallMs = 15 * 60_000;

/**
 * Virtual time, and the order of everything that happens. Every call of a service waits here, and the seed decides
 * which of them goes on next. So each actor is interleaved with all others at every await, and the same seed gives the
 * same run.
 */
export class Scheduler {
  readonly #props: SchedulerProps;
  readonly #steps: Step[] = [];
  readonly #timers = new Timers();
  readonly #choose: (steps: readonly Step[]) => number;
  #now: number;
  #count = 0;
  #digest = 0x811c9dc5;

  /** The actor of everything between functions: moving messages, starting functions. It is never killed. */
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

  /** A digest of all choices. Two runs of one seed have the same. */
  get digest(): number {
    return this.#digest >>> 0;
  }

  /** Carries out a call when its turn comes. The promise never settles if the actor is killed meanwhile. */
  call<T>(call: Call<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!call.actor.isAlive) return;
      this.#steps.push({ ...call, since: this.#now, resolve: resolve as Step['resolve'], reject });
    });
  }

  /** Adds a step of the world, which is carried out when its turn comes. */
  offer(name: () => string, perform: () => unknown): void {
    this.#steps.push({
      actor: this.world,
      since: this.#now,
      name,
      perform,
      resolve: () => {},
      reject: () => {},
    });
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

  /** Runs steps until none waits and no timer is set. */
  async run(): Promise<void> {
    const { random, stall } = this.#props;
    for (;;) {
      await settled();
      if (this.#steps.length === 0) {
        const next = this.#timers.next;
        if (next === undefined) return;
        this.#goTo(next);
        continue;
      }
      if (random.chance(stall())) {
        const next = this.#timers.next;
        if (next !== undefined) this.#goTo(Math.min(next, this.#longestStall()));
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

  /** Returns the instant up to which the calls that wait may take: functions have timeouts. */
  #longestStall(): number {
    return Math.min(...this.#steps.map(({ since }) => since)) + longestCallMs;
  }

  #goTo(now: number): void {
    this.#now = Math.max(this.#now, now);
    this.#timers.fireUntil(this.#now);
  }

  async #take(step: Step): Promise<void> {
    const strike = step.strike?.();
    if (strike !== undefined) step.actor.strikes++;
    if (strike?.kind === 'refused' || (strike?.kind === 'crash' && strike.when === 'before')) {
      this.#report(step, strike, undefined);
      return strike.kind === 'refused' ? step.reject(strike.error()) : this.#kill(step.actor);
    }
    const outcome = await this.#perform(step);
    this.#report(step, strike, outcome.error);
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

  /** Kills an actor. Its waiting calls never return to it; some of them are carried out all the same. */
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

  #report(step: Step, strike: Strike | undefined, error: unknown): void {
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
