import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

/** What all parts of a run share. */
export interface Run {
  readonly options: SoakOptions;
  readonly stack: SoakStack;
  readonly clients: Clients;
  readonly sent: SentEvents;
  readonly samples: Sample[];
  /** Ends everything that waits. */
  readonly signal: AbortSignal;
  /** Says how far it is. */
  readonly note: (text: string) => void;
}

export const tablesOf = ({ stack, clients }: Run): Tables => {
  const { LeadsTableName = '', QuarantineTableName = '' } = stack.description.outputs;
  return { dynamodb: clients.dynamodb, leads: LeadsTableName, quarantine: QuarantineTableName };
};

/** Tells whether something has ended, well or not. Whoever waits for it deals with its failure. */
export const endingOf = (work: Promise<unknown>): (() => boolean) => {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  work.then(end, end);
  return () => hasEnded;
};
