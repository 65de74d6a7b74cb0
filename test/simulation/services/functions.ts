import type { InvocationResult } from '../../../infra/local/function-environment.ts';
import type { Random } from '../random.ts';
import { type Actor, createActor } from '../scheduler/actor.ts';

type Handler = (event: never) => Promise<unknown>;

/** An execution environment of a function: it handles one event at a time, and reuses what it created at its start. */
interface Environment {
  readonly actor: Actor;
  readonly handle: Handler;
}

/** The result of one event. */
export interface Invocation {
  readonly functionName: string;
  readonly result: InvocationResult;
  /** The number of faults that struck during the invocation. */
  readonly strikes: number;
  readonly lostRaces: number;
  readonly error?: unknown;
}

export interface FunctionProps {
  readonly name: string;
  readonly random: Random;
  /** Creates a handler as a cold start does. */
  readonly start: (actor: Actor) => Handler;
  /** Changes the answers of the function. */
  readonly tamper?: ((answer: unknown) => unknown) | undefined;
}

const failed: InvocationResult = {
  ok: false,
  error: { kind: 'handler', errorType: 'Error', errorMessage: '', trace: [] } as never,
};

/** A function with as many environments as it handles events at a time; each of them is reused until it dies. */
export class LambdaFunction {
  readonly #props: FunctionProps;
  readonly #idle: Environment[] = [];
  #started = 0;

  constructor(props: FunctionProps) {
    this.#props = props;
  }

  async invoke(event: unknown): Promise<Invocation> {
    const environment = this.#take();
    const { actor } = environment;
    actor.strikes = 0;
    actor.lostRaces = 0;
    const invocation = await this.#run(environment, event);
    if (actor.isAlive) this.#idle.push(environment);
    return invocation;
  }

  #run({ actor, handle }: Environment, event: unknown): Promise<Invocation> {
    const { name: functionName, tamper = (answer: unknown) => answer } = this.#props;
    return new Promise((resolve) => {
      const end = (result: InvocationResult, error?: unknown) =>
        resolve({ functionName, result, strikes: actor.strikes, lostRaces: actor.lostRaces, error });
      actor.onKill = () => end(failed);
      handle(event as never).then(
        (response) => actor.isAlive && end({ ok: true, response: tamper(response) }),
        (error) => actor.isAlive && end(failed, error),
      );
    });
  }

  #take(): Environment {
    const { random } = this.#props;
    while (this.#idle.length > 0) {
      const [environment] = this.#idle.splice(random.between(0, this.#idle.length - 1), 1);
      // A call that was left under way when its event was answered may have ended the environment since.
      if (environment?.actor.isAlive) return environment;
    }
    return this.#start();
  }

  #start(): Environment {
    const { name, random, start } = this.#props;
    const actor = createActor(`${name}-${++this.#started}`, random.next());
    return { actor, handle: start(actor) };
  }
}
