import { parentPort } from 'node:worker_threads';
import { CliError } from '../errors.ts';

/** A module that works on one partition after the other. */
export interface PartitionModule<Props, Result> {
  /** Works on the file of a partition. Props and result are plain data: they may pass between threads. */
  readonly work: (partition: string, props: Props) => Promise<Result> | Result;
}

/** A request to a thread to work on one partition. */
export interface Task {
  readonly module: string;
  readonly partition: string;
  readonly props: unknown;
}

/** An error as it passes between threads. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** The lines below the message of an error that is for the user. */
  readonly details?: readonly string[];
  readonly stack?: string;
}

/** The answer of a thread. */
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: PlainError };

const toPlain = (error: unknown): PlainError => {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: unknown }).code;
  const isForUser = error instanceof CliError;
  return {
    name,
    message: isForUser ? (error.lines[0] ?? message) : message,
    ...(typeof code === 'string' && { code }),
    ...(isForUser && { details: error.lines.slice(1).map((line) => line.replace(/^ {2}/, '')) }),
    ...(stack !== undefined && { stack }),
  };
};

const answer = async ({ module, partition, props }: Task): Promise<Answer> => {
  try {
    const { work } = (await import(module)) as PartitionModule<unknown, unknown>;
    return { ok: true, result: await work(partition, props) };
  } catch (error) {
    return { ok: false, error: toPlain(error) };
  }
};

parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await answer(task)));
