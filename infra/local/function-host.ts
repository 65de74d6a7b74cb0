import { messageOf } from './errors.ts';
import { FunctionEnvironment, type FunctionProps, type InvocationResult } from './function-environment.ts';

export interface FunctionHostProps extends FunctionProps {
  /** The most environments that may run at the same time. */
  readonly concurrency: number;
}

export interface FunctionCounts {
  readonly invocations: number;
  readonly errors: number;
}

const closed: InvocationResult = {
  ok: false,
  error: { kind: 'exit', name: 'StackClosed', message: 'the local stack is closed', stack: '' },
};

/** A function with its execution environments, which are started on demand and kept warm. */
export class FunctionHost {
  readonly props: FunctionHostProps;
  readonly #environments = new Set<FunctionEnvironment>();
  readonly #idle: FunctionEnvironment[] = [];
  readonly #waiting: ((environment: FunctionEnvironment | undefined) => void)[] = [];
  readonly #onSettled = new Set<() => void>();
  #running = 0;
  #invocations = 0;
  #errors = 0;
  #closing: Promise<void> | undefined;

  constructor(props: FunctionHostProps) {
    this.props = props;
  }

  /** The invocations that run or wait for an environment. */
  get running(): number {
    return this.#running;
  }

  counts(): FunctionCounts {
    return { invocations: this.#invocations, errors: this.#errors };
  }

  /** Calls the listener after each invocation. */
  onSettled(listener: () => void): void {
    this.#onSettled.add(listener);
  }

  /** Invokes the function. It never rejects: a failure of the function is a result. */
  invoke(event: unknown): Promise<InvocationResult> {
    return this.invokeWith(JSON.stringify(event));
  }

  /** Invokes the function with an event as JSON, which reaches the function as it is. */
  async invokeWith(payload: string): Promise<InvocationResult> {
    this.#running += 1;
    this.#invocations += 1;
    try {
      const result = await this.#run(payload);
      if (!result.ok) this.#fail(result);
      return result;
    } finally {
      this.#running -= 1;
      for (const listener of this.#onSettled) listener();
    }
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      for (const waiting of this.#waiting.splice(0)) waiting(undefined);
      await Promise.all([...this.#environments].map((environment) => environment.close()));
    })();
    return this.#closing;
  }

  async #run(payload: string): Promise<InvocationResult> {
    const environment = await this.#acquire();
    if (environment === undefined) return closed;
    try {
      return await environment.invoke(payload);
    } finally {
      this.#release(environment);
    }
  }

  /** Writes the error to the function's log, as Lambda's runtime does. */
  #fail({ error }: Extract<InvocationResult, { ok: false }>): void {
    this.#errors += 1;
    if (this.#closing !== undefined) return;
    const { name: errorType, message: errorMessage, kind, stack } = error;
    this.props.onLog(JSON.stringify({ level: 'ERROR', errorType, errorMessage, kind, stack }));
  }

  async #acquire(): Promise<FunctionEnvironment | undefined> {
    if (this.#closing !== undefined) return undefined;
    return (
      this.#takeIdle() ??
      this.#start() ??
      (await new Promise<FunctionEnvironment | undefined>((resolve) => this.#waiting.push(resolve)))
    );
  }

  /** Returns an idle environment that is still alive. */
  #takeIdle(): FunctionEnvironment | undefined {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (!last.dead) return last;
      this.#environments.delete(last);
    }
    return undefined;
  }

  #start(): FunctionEnvironment | undefined {
    if (this.#environments.size >= this.props.concurrency) return undefined;
    const environment = new FunctionEnvironment(this.props);
    this.#environments.add(environment);
    return environment;
  }

  #release(environment: FunctionEnvironment): void {
    if (environment.dead) this.#discard(environment);
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (!environment.dead) this.#idle.push(environment);
      return;
    }
    next(environment.dead ? (this.#closing ? undefined : this.#start()) : environment);
  }

  #discard(environment: FunctionEnvironment): void {
    this.#environments.delete(environment);
    environment.close().catch((error) => this.props.onLog(messageOf(error)));
  }
}
