import { showValue } from '../../events/index.ts';
import { UsageError } from '../errors.ts';
import type { Connection } from '../stack/connect.ts';

/** A queue of events that were given up, with the queue that they came from or should have reached. */
export interface DeadLetterQueue {
  readonly kind: 'queue';
  /** The name as in the outputs of the stack, without `Url`: `ScoreLeadsDeadLetters`. */
  readonly name: string;
  readonly what: string;
  readonly source: string;
  readonly url: string;
  readonly sourceUrl: string;
}

/** The bucket of stream records that could not be published, with the function that publishes them. */
export interface FailedRecords {
  readonly kind: 'bucket';
  readonly name: string;
  readonly what: string;
  readonly source: string;
  readonly bucket: string;
  readonly functionName: string;
}

export type FailureSource = DeadLetterQueue | FailedRecords;

const descriptions = {
  DeadLetters: 'events that the function gave up',
  Undeliverable: 'events that the rule could not deliver',
} as const;

/** The names of outputs show which queues belong together; see infra/constructs/subscribed-queue.ts. */
const deadLetterOutput = /^(.+)(DeadLetters|Undeliverable)Url$/;

const findQueues = ({ outputs, output }: Connection): DeadLetterQueue[] =>
  Object.entries(outputs).flatMap(([outputName, url]) => {
    const [, owner, kind] = deadLetterOutput.exec(outputName) ?? [];
    if (owner === undefined || kind === undefined) return [];
    const name = `${owner}${kind}`;
    const what = descriptions[kind as keyof typeof descriptions];
    const sourceUrl = output(`${owner}QueueUrl`);
    return [{ kind: 'queue' as const, name, what, source: `${owner}Queue`, url, sourceUrl }];
  });

const findFailedRecords = ({ output }: Connection): FailedRecords => ({
  kind: 'bucket',
  name: 'FailedRecords',
  what: 'changes that could not be published',
  source: 'streams of the tables',
  bucket: output('FailedRecordsBucketName'),
  functionName: output('PublishChangesFunctionName'),
});

/**
 * Returns every queue and bucket with messages or records that were given up.
 *
 * @throws CliError `OUTPUT_MISSING` if the outputs of the stack lack a queue, the bucket or the function
 */
export const listFailureSources = (connection: Connection): FailureSource[] => {
  const queues = findQueues(connection).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  // Throws the error that says which output is missing, and what to do.
  if (queues.length === 0) connection.output('ScoreLeadsDeadLettersUrl');
  return [...queues, findFailedRecords(connection)];
};

/**
 * Returns the failure sources with these names.
 *
 * @throws UsageError if a name is unknown
 */
export const findFailureSources = (
  sources: readonly FailureSource[],
  names: readonly string[],
): FailureSource[] =>
  [...new Set(names)].map((name) => {
    const found = sources.find((source) => source.name === name);
    if (found !== undefined) return found;
    const allowed = sources.map((source) => source.name).join(', ');
    throw new UsageError(`name: given ${showValue(name)}; allowed: ${allowed}`);
  });
