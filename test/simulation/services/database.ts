import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import type { Command } from '../../../infra/local/engine/memory/memory-dynamodb.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { databaseStrike, readInPart } from '../faults/database-faults.ts';
import type { Faults } from '../faults/faults.ts';
import type { Actor } from '../scheduler/actor.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { formatCommand } from './format-command.ts';

type Execute = (command: Command) => object | Promise<object>;

export type TableName = 'leads' | 'quarantine' | 'identities' | 'requests' | 'deliveries';

/** The tables, in memory or on an engine. */
export interface Store {
  /** The names of the tables in the store. */
  readonly tables: Readonly<Record<TableName, string>>;
  readonly execute: Execute;
  /** Returns the changes since the last call, in order. */
  readonly takeChanges: () => readonly Change[] | Promise<readonly Change[]>;
  /** Returns the items of a table. */
  readonly items: (table: TableName) => readonly Item[] | Promise<readonly Item[]>;
  readonly stop: () => Promise<void>;
}

export interface DatabaseProps {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly execute: Execute;
}

/** Counts the lost races of an actor. In memory a command throws at once, on an engine its promise rejects. */
const countingLostRaces =
  (actor: Actor, execute: Execute): Execute =>
  (command) => {
    const count = (error: unknown): never => {
      if (error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException) {
        actor.lostRaces++;
      }
      throw error;
    };
    try {
      const answer = execute(command);
      return answer instanceof Promise ? answer.catch(count) : answer;
    } catch (error) {
      return count(error);
    }
  };

/** Creates a client of the tables for one worker. Each call waits for its turn, and may go wrong. */
export const databaseClient = ({ scheduler, faults, execute }: DatabaseProps, actor: Actor): DynamoDBClient =>
  createClient((command) =>
    scheduler.call({
      actor,
      name: () => formatCommand(command),
      perform: () => {
        if (!(command instanceof BatchGetItemCommand) || !faults.strikes('unprocessed'))
          return countingLostRaces(actor, execute)(command);
        actor.strikes++;
        return readInPart(command, execute, faults);
      },
      strike: () => databaseStrike(command, faults),
    }),
  );
