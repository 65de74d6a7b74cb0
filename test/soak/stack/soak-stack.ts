import { setTimeout as sleep } from 'node:timers/promises';
import type { Description } from './description.ts';
import { StackFailedError, StackProcess, type StackProcessProps } from './stack-process.ts';

/** From when to when a stack was up, in milliseconds since 1970. */
export interface Life {
  readonly upAt: number;
  /** How long it took to answer. */
  readonly startMs: number;
  /** Left out for the last one. */
  killedAt?: number;
}

/** The stack under test, over all its lives. */
export class SoakStack {
  readonly lives: Life[] = [];
  /** Processes that outlived a kill or a stop. */
  readonly leftovers: string[] = [];
  readonly #props: StackProcessProps;
  #process: StackProcess | undefined;
  #description: Description | undefined;
  #up = Promise.withResolvers<void>();
  #isUp = false;
  #vainStarts = 0;

  constructor(props: StackProcessProps) {
    this.#props = props;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Starts that were killed before anybody knew that the stack is up. */
  get vainStarts(): number {
    return this.#vainStarts;
  }

  /** Rises with each start that came about. */
  get life(): number {
    return this.lives.length;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#props.port}`;
  }

  /** Names of what there is, from the first start on. */
  get description(): Description {
    if (this.#description === undefined) throw new StackFailedError('the stack has not been up yet');
    return this.#description;
  }

  /** Resolves when the stack answers, at once while it does. */
  whenUp(): Promise<void> {
    return this.#up.promise;
  }

  async start(signal: AbortSignal): Promise<void> {
    // Who has been abandoned must not start again.
    signal.throwIfAborted();
    const startedAt = Date.now();
    this.#process = StackProcess.launch(this.#props);
    this.#description = await this.#process.answers(signal);
    const upAt = Date.now();
    this.lives.push({ upAt, startMs: upAt - startedAt });
    this.#isUp = true;
    this.#up.resolve();
  }

  /** Starts, and is killed so long afterwards, whether or not it was up by then. */
  async startInVain(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#process = StackProcess.launch(this.#props);
    await sleep(ms);
    this.leftovers.push(...(await this.#process.kill()));
    this.#vainStarts += 1;
  }

  /** @throws StackFailedError where it has ended before */
  async kill(): Promise<void> {
    this.assertAlive();
    const life = this.#goDown();
    const left = await this.#process?.kill();
    if (life !== undefined) life.killedAt = Date.now();
    this.leftovers.push(...(left ?? []));
  }

  /** @throws StackFailedError when it doesn't end as it should */
  async stop(): Promise<void> {
    this.#goDown();
    const ended = await this.#process?.stop();
    this.leftovers.push(...(ended?.left ?? []));
    if (ended !== undefined && ended.code !== 0) {
      throw new StackFailedError(`the stack ended with ${ended.code} when it was stopped`);
    }
  }

  /** Ends it, whatever it is doing. */
  async abandon(): Promise<void> {
    this.#goDown();
    await this.#process?.kill();
  }

  /** @throws StackFailedError where it has ended and nobody killed it */
  assertAlive(): void {
    if (this.#isUp && this.#process?.hasEnded) throw new StackFailedError('the stack ended by itself');
  }

  #goDown(): Life | undefined {
    if (this.#isUp) this.#up = Promise.withResolvers<void>();
    this.#isUp = false;
    return this.lives.at(-1);
  }
}
