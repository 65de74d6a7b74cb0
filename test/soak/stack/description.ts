import { isDeadLetterQueue } from '../../../cli/stack/run-stack.ts';

interface Depth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** The answer of a stack to `GET /`. */
export interface Description {
  readonly bus: string;
  readonly tables: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly queues: Readonly<Record<string, Depth>>;
  readonly functions: Readonly<Record<string, { readonly invocations: number; readonly errors: number }>>;
}

/** The timeout of a request, in milliseconds: longer than any answer takes on a busy machine. */
const patienceMs = 15_000;

/** Returns the description of a stack; undefined while nothing answers. */
export const describeStack = async (endpoint: string): Promise<Description | undefined> => {
  try {
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(patienceMs) });
    return (await answer.json()) as Description;
  } catch {
    return undefined;
  }
};

const sumMessages = ({ visible, inFlight, delayed }: Depth): number => visible + inFlight + delayed;

/** Returns the number of messages that are still to be worked on. */
export const sumBacklog = ({ queues }: Description): number =>
  Object.entries(queues)
    .filter(([name]) => !isDeadLetterQueue(name))
    .reduce((sum, [, depth]) => sum + sumMessages(depth), 0);

/** Returns the number of messages that were given up, by queue. */
export const countDeadLetters = ({ queues }: Description): Record<string, number> =>
  Object.fromEntries(
    Object.entries(queues)
      .filter(([name]) => isDeadLetterQueue(name))
      .map(([name, depth]) => [name, sumMessages(depth)]),
  );

export const sumInvocations = ({ functions }: Description): number =>
  Object.values(functions).reduce((sum, { invocations }) => sum + invocations, 0);

export const sumErrors = ({ functions }: Description): number =>
  Object.values(functions).reduce((sum, { errors }) => sum + errors, 0);
