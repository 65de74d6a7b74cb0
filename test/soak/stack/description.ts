import { isDeadLetterQueue } from '../../../cli/stack/run-stack.ts';

interface Depth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What a stack says of itself at `GET /`. */
export interface Description {
  readonly bus: string;
  readonly tables: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly queues: Readonly<Record<string, Depth>>;
  readonly functions: Readonly<Record<string, { readonly invocations: number; readonly errors: number }>>;
}

/** Longer than any answer takes on a machine that has much else to do. */
const patienceMs = 15_000;

/** Undefined while nothing answers. */
export const describeStack = async (endpoint: string): Promise<Description | undefined> => {
  try {
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(patienceMs) });
    return (await answer.json()) as Description;
  } catch {
    return undefined;
  }
};

const messagesIn = ({ visible, inFlight, delayed }: Depth): number => visible + inFlight + delayed;

/** Messages that are still to be worked on. */
export const backlogOf = ({ queues }: Description): number =>
  Object.entries(queues)
    .filter(([name]) => !isDeadLetterQueue(name))
    .reduce((sum, [, depth]) => sum + messagesIn(depth), 0);

/** Messages by queue that were given up. */
export const deadLettersIn = ({ queues }: Description): Record<string, number> =>
  Object.fromEntries(
    Object.entries(queues)
      .filter(([name]) => isDeadLetterQueue(name))
      .map(([name, depth]) => [name, messagesIn(depth)]),
  );

export const invocationsOf = ({ functions }: Description): number =>
  Object.values(functions).reduce((sum, { invocations }) => sum + invocations, 0);

export const errorsOf = ({ functions }: Description): number =>
  Object.values(functions).reduce((sum, { errors }) => sum + errors, 0);
