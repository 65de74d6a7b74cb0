import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CliError, UsageError } from '../errors.ts';
import type { Answer, PlainError, Task } from './thread.ts';

/** Returns an error of a thread as the caller's own: with its code, and for the user if it was. */
const toError = ({ name, message, code, details, stack }: PlainError): Error => {
  if (code === 'USAGE') return new UsageError(message);
  if (code !== undefined && details !== undefined) return new CliError(code, message, { details });
  const error = Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
  if (stack !== undefined) error.stack = stack;
  return error;
};

/**
 * The memory of a thread, in megabytes. Without limits an engine collects garbage late, and takes several times the
 * memory that a partition needs. With less room for young objects, it copies those of one event several times before they
 * are garbage, which takes processor time.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 128 };

const isOutOfMemory = (error: unknown): boolean =>
  (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY';

/** A thread that works on one partition at a time. */
class Thread {
  #worker: Worker | undefined;

  /**
   * Works on a partition. One that needs more memory than others, such as that of a lead with very many events, is worked
   * on again without limits.
   *
   * @throws the error of the work, or that which ended the thread
   */
  async work<Result>(task: Task): Promise<Result> {
    try {
      return await this.#ask<Result>(task);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      this.#worker = new Worker(new URL('./thread.ts', import.meta.url));
      return this.#ask<Result>(task);
    }
  }

  async #ask<Result>(task: Task): Promise<Result> {
    this.#worker ??= new Worker(new URL('./thread.ts', import.meta.url), { resourceLimits });
    const enough = new AbortController();
    const { signal } = enough;
    try {
      this.#worker.postMessage(task);
      // `once` rejects with an error that ends the thread; a thread may also end without one.
      const answered = once(this.#worker, 'message', { signal }) as Promise<[Answer]>;
      const ended = once(this.#worker, 'exit', { signal }).then(([code]) => {
        throw new Error(`a thread ended by itself, with the code ${code}`);
      });
      const [answer] = await Promise.race([answered, ended]);
      if (!answer.ok) throw toError(answer.error);
      return answer.result as Result;
    } finally {
      enough.abort();
    }
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }
}

/** Threads that stay from one run to the next, since each loads its code and warms it up. */
export class ThreadPool {
  readonly #most: number;
  #threads: Thread[] = [];
  #free: Thread[] = [];
  readonly #waiting: ((thread: Thread) => void)[] = [];

  /** @param most the most threads, which start when there is work for them */
  constructor(most: number) {
    this.#most = most;
  }

  get most(): number {
    return this.#most;
  }

  /** Works on a partition in the next thread that is free. @throws the error of the work */
  async work<Result>(task: Task): Promise<Result> {
    const thread = this.#free.pop() ?? this.#start() ?? (await this.#wait());
    try {
      return await thread.work<Result>(task);
    } finally {
      this.#release(thread);
    }
  }

  /** Ends all threads, whatever they do. The next work starts others. */
  async end(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    this.#free = [];
    this.#waiting.length = 0;
    await Promise.all(threads.map((thread) => thread.end()));
  }

  #start(): Thread | undefined {
    if (this.#threads.length >= this.#most) return undefined;
    const thread = new Thread();
    this.#threads.push(thread);
    return thread;
  }

  #wait(): Promise<Thread> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(thread: Thread): void {
    // A thread that was ended meanwhile works no more.
    if (!this.#threads.includes(thread)) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(thread);
    else next(thread);
  }
}
