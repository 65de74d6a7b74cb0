import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SmallDisk } from './kills/small-disk.ts';
import type { Sample } from './memory/samples.ts';
import type { SoakOptions } from './options.ts';
import type { SentEvents } from './producer/sent-events.ts';
import type { Clients } from './stack/clients.ts';
import type { SoakStack } from './stack/soak-stack.ts';

export interface Tables {
  readonly dynamodb: DynamoDBClient;
  readonly leads: string;
  readonly quarantine: string;
}

/** The objects that all parts of a run share. */
export interface Run {
  readonly options: SoakOptions;
  readonly stack: SoakStack;
  /** The disk that holds the data, if it can be filled. */
  readonly disk: SmallDisk | undefined;
  readonly clients: Clients;
  readonly sent: SentEvents;
  readonly samples: Sample[];
  /** Ends everything that waits. */
  readonly signal: AbortSignal;
  /** Reports progress. */
  readonly note: (text: string) => void;
}

export const readTables = ({ stack, clients }: Run): Tables => {
  const { LeadsTableName = '', QuarantineTableName = '' } = stack.description.outputs;
  return { dynamodb: clients.dynamodb, leads: LeadsTableName, quarantine: QuarantineTableName };
};

/**
 * Returns a function that tells whether work has ended, well or not. The caller that awaits the work handles its
 * failure.
 */
export const watchEnding = (work: Promise<unknown>): (() => boolean) => {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  work.then(end, end);
  return () => hasEnded;
};
