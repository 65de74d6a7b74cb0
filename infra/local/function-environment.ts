import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { FailureReport, FromWorker, FunctionIdentity, ToWorker } from './function-protocol.ts';

export interface FunctionProps extends FunctionIdentity {
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** The complete `process.env` of the function: no variable of this process is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
}

/**
 * The kind of failure. `handler`: the handler threw. `init`: its module threw. `exit`: the environment died during the
 * invocation.
 */
interface FunctionError extends FailureReport {
  readonly kind: 'handler' | 'init' | 'exit' | 'timeout';
}

export type InvocationResult =
  | { readonly ok: true; readonly response: unknown }
  | { readonly ok: false; readonly error: FunctionError };

const initTimeoutMs = 10_000;

const failed = (kind: FunctionError['kind'], error: FailureReport): InvocationResult => ({
  ok: false,
  error: { ...error, kind },
});

const forwardLines = (stream: Readable, onLine: (line: string) => void): void => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  });
  stream.on('end', () => rest !== '' && onLine(rest));
};

/**
 * One execution environment: a worker thread that imports the handler once and then runs one invocation at a
 * time. After an init failure, a timeout or a crash it is dead, and its host starts another.
 */
export class FunctionEnvironment {
  readonly #props: FunctionProps;
  readonly #worker: Worker;
  readonly #ready: Promise<InvocationResult | undefined>;
  readonly #exited: Promise<void>;
  #settle: ((result: InvocationResult | undefined) => void) | undefined;
  #crash: FailureReport | undefined;
  #dead = false;

  constructor(props: FunctionProps) {
    this.#props = props;
    const { name, arn, folder, handler, clock } = props;
    this.#worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData: { name, arn, folder, handler, clock } satisfies FunctionIdentity,
      env: { ...props.environment },
      execArgv: [],
      stdout: true,
      stderr: true,
      // By default, V8 lets the young generation of each worker grow to 100 MB of mostly empty pages under steady load.
      resourceLimits: { maxOldGenerationSizeMb: props.memoryMb, maxYoungGenerationSizeMb: 24 },
    });
    forwardLines(this.#worker.stdout, props.onLog);
    forwardLines(this.#worker.stderr, props.onLog);
    this.#ready = this.#await(initTimeoutMs, 'init');
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#end(failed('exit', this.#crash ?? this.#exitReport(code)));
        resolve();
      });
    });
    this.#worker.on('error', (error: unknown) => {
      const { name = 'Error', message = String(error), stack = '' } = error instanceof Error ? error : {};
      this.#crash = { name, message, stack };
    });
    this.#worker.on('message', (message: FromWorker) => this.#onMessage(message));
  }

  get dead(): boolean {
    return this.#dead;
  }

  async invoke(payload: string): Promise<InvocationResult> {
    const initFailure = await this.#ready;
    if (initFailure !== undefined) return initFailure;
    const { timeoutMs } = this.#props;
    const result = this.#await(timeoutMs, 'timeout');
    const message: ToWorker = { requestId: randomUUID(), payload, deadline: Date.now() + timeoutMs };
    this.#worker.postMessage(message);
    return (await result) ?? failed('exit', this.#exitReport(0));
  }

  async close(): Promise<void> {
    // The handler's last output is still on its way, on another port than the answer.
    await setImmediate();
    this.#dead = true;
    await this.#worker.terminate();
    await this.#exited;
  }

  /** Returns the worker's next message. The worker's end and a timeout count as failures. */
  #await(timeoutMs: number, kind: 'init' | 'timeout'): Promise<InvocationResult | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const seconds = (timeoutMs / 1_000).toFixed(2);
        const message = `${kind === 'init' ? 'Init' : 'Task'} timed out after ${seconds} seconds`;
        this.#end(failed(kind, { name: 'Sandbox.Timedout', message, stack: '' }));
        void this.#worker.terminate();
      }, timeoutMs);
      this.#settle = (result) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(result);
      };
      if (this.#dead) this.#settle(failed('exit', this.#crash ?? this.#exitReport(0)));
    });
  }

  #onMessage(message: FromWorker): void {
    if (this.#dead) return;
    switch (message.kind) {
      case 'ready':
        this.#settle?.(undefined);
        break;
      case 'init-failure':
        this.#end(failed('init', message.error));
        void this.#worker.terminate();
        break;
      case 'result':
        this.#settle?.({ ok: true, response: JSON.parse(message.payload) });
        break;
      case 'failure':
        this.#settle?.(failed('handler', message.error));
        break;
      default:
        message satisfies never;
    }
  }

  #end(result: InvocationResult): void {
    this.#dead = true;
    this.#settle?.(result);
  }

  #exitReport(code: number): FailureReport {
    return { name: 'Runtime.ExitError', message: `${this.#props.name} exited with code ${code}`, stack: '' };
  }
}
