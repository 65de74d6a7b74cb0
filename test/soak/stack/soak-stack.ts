import { setTimeout as sleep } from 'node:timers/promises';
import type { Strike } from '../kills/plan-kills.ts';
import type { Description } from './description.ts';
import { below, isEngine, listProcesses } from './processes.ts';
import { StackFailedError, StackProcess, type StackProcessProps } from './stack-process.ts';

/** The time for which a stack was up, in milliseconds since 1970. */
export interface Life {
  readonly upAt: number;
  /** The time from its start until it answered, in milliseconds. */
  readonly startMs: number;
  /** Left out for the last life. */
  endedBy?: Strike;
}

/** The stack under test, over all its lives. */
export class SoakStack {
  readonly lives: Life[] = [];
  /** The commands of processes that outlived a kill or a stop. */
  readonly leftovers: string[] = [];
  readonly #props: StackProcessProps;
  #process: StackProcess | undefined;
  #description: Description | undefined;
  #up = Promise.withResolvers<void>();
  #isUp = false;
  #killedStarts = 0;

  constructor(props: StackProcessProps) {
    this.#props = props;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** The number of starts that were killed before the stack was known to be up. */
  get killedStarts(): number {
    return this.#killedStarts;
  }

  /** The number of the life: it rises with each start that succeeds. */
  get life(): number {
    return this.lives.length;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#props.port}`;
  }

  /** The description of the stack, from the first start on. @throws StackFailedError before it */
  get description(): Description {
    if (this.#description === undefined) throw new StackFailedError('the stack has not been up yet');
    return this.#description;
  }

  /** Resolves when the stack answers, at once if it does already. */
  whenUp(): Promise<void> {
    return this.#up.promise;
  }

  async start(signal: AbortSignal): Promise<void> {
    // An abandoned stack must not start again.
    signal.throwIfAborted();
    const startedAt = Date.now();
    this.#process = StackProcess.launch(this.#props);
    this.#description = await this.#process.answers(signal);
    const upAt = Date.now();
    this.lives.push({ upAt, startMs: upAt - startedAt });
    this.#isUp = true;
    this.#up.resolve();
  }

  /** Starts the stack and kills it so many milliseconds later, whether or not it is up by then. */
  async startAndKill(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#process = StackProcess.launch(this.#props);
    await sleep(ms);
    this.leftovers.push(...(await this.#process.kill()));
    this.#killedStarts += 1;
  }

  /** Kills the stack. @throws StackFailedError if it has ended before */
  async kill(): Promise<void> {
    this.assertAlive();
    const life = this.#goDown();
    const left = await this.#process?.kill();
    if (life !== undefined) life.endedBy = 'kill';
    this.leftovers.push(...(left ?? []));
  }

  /** Kills the engine alone. */
  async killEngine(): Promise<void> {
    const engine = below(await listProcesses(), this.pid).find(isEngine);
    if (engine === undefined) throw new StackFailedError('the stack has no engine');
    process.kill(engine.pid, 'SIGKILL');
  }

  /**
   * Takes away something that the stack needs, and waits until it has ended by itself.
   *
   * @throws StackFailedError if it goes on, or doesn't end with one line that says why
   */
  async outlive(strike: Strike, takeAway: () => Promise<void>): Promise<void> {
    this.assertAlive();
    const life = this.#goDown();
    const ended = await this.#process?.endsAfter(takeAway);
    if (life !== undefined) life.endedBy = strike;
    this.leftovers.push(...(ended?.left ?? []));
    if (ended?.code !== 1 || !ended.lastLine.startsWith('sluice: the local stack has ended: ')) {
      throw new StackFailedError(`after ${strike} the stack ended with ${ended?.code}: ${ended?.lastLine}`);
    }
  }

  /** Stops the stack as a user would. @throws StackFailedError if it ends with an error */
  async stop(): Promise<void> {
    this.#goDown();
    const ended = await this.#process?.stop();
    this.leftovers.push(...(ended?.left ?? []));
    if (ended !== undefined && ended.code !== 0) {
      throw new StackFailedError(`the stack ended with ${ended.code} when it was stopped`);
    }
  }

  /** Kills the stack, whatever it is doing. */
  async abandon(): Promise<void> {
    this.#goDown();
    await this.#process?.kill();
  }

  /** Checks that the stack is running. @throws StackFailedError if it has ended by itself */
  assertAlive(): void {
    if (this.#isUp && this.#process?.hasEnded) throw new StackFailedError('the stack ended by itself');
  }

  #goDown(): Life | undefined {
    if (this.#isUp) this.#up = Promise.withResolvers<void>();
    this.#isUp = false;
    return this.lives.at(-1);
  }
}
