import {
  BatchGetItemCommand,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { cancelled } from '../../../infra/local/engine/memory/errors.ts';
import type { Command } from '../../../infra/local/engine/memory/memory-dynamodb.ts';
import type { Strike } from '../scheduler/strike.ts';
import { crash } from './crash.ts';
import type { Faults } from './faults.ts';

const metadata = { message: 'injected', $metadata: {} };

const buildCancellation = (Code: string, command: Command, faults: Faults): TransactionCanceledException => {
  const { TransactItems = [] } = command.input as TransactWriteItemsCommandInput;
  const at = faults.random.between(0, TransactItems.length - 1);
  return cancelled(TransactItems.map((_, i) => ({ Code: i === at ? Code : 'None' })));
};

const throttled = (command: Command, faults: Faults): Error => {
  if (command instanceof TransactWriteItemsCommand && faults.random.chance(0.7)) {
    const code = faults.random.pick(['ThrottlingError', 'ProvisionedThroughputExceeded']);
    return buildCancellation(code, command, faults);
  }
  return faults.random.pick([
    () => new ThrottlingException({ ...metadata, throttlingReasons: [] }),
    () => new ProvisionedThroughputExceededException(metadata),
    () => new InternalServerError(metadata),
  ])();
};

/** Returns the error after which the SDK has given up its retries. */
const timeout = (): Error => Object.assign(new Error('injected: socket hang up'), { name: 'TimeoutError' });

const isRead = (command: Command): boolean => /^(Get|BatchGet|Query|Scan)/.test(command.constructor.name);

/** Draws the fault of a call of a table; undefined if nothing goes wrong. */
export const databaseStrike = (command: Command, faults: Faults): Strike | undefined => {
  if (faults.isDown) {
    return { kind: 'refused', fault: 'the tables are away', error: () => throttled(command, faults) };
  }
  const killed = crash(faults);
  if (killed !== undefined) return killed;
  if (faults.strikes('throttled')) {
    return { kind: 'refused', fault: 'throttled', error: () => throttled(command, faults) };
  }
  if (isRead(command)) return undefined;
  if (command instanceof TransactWriteItemsCommand && faults.strikes('conflict')) {
    const error = () => buildCancellation('TransactionConflict', command, faults);
    return { kind: 'refused', fault: 'another transaction is in the way', error };
  }
  return faults.strikes('lost') ? { kind: 'lost', fault: 'the answer is lost', error: timeout } : undefined;
};

type Execute = (command: Command) => object | Promise<object>;

/** Answers a batch of reads in part: the rest must be requested again, and may have changed by then. */
export const readInPart = async (
  command: BatchGetItemCommand,
  execute: Execute,
  { random }: Faults,
): Promise<object> => {
  const [[table, request] = ['', { Keys: undefined }]] = Object.entries(command.input.RequestItems ?? {});
  const keys = request.Keys ?? [];
  const taken = keys.filter(() => random.chance(0.5));
  const left = keys.filter((key) => !taken.includes(key));
  const answer =
    taken.length === 0
      ? { Responses: { [table]: [] } }
      : await execute(new BatchGetItemCommand({ RequestItems: { [table]: { ...request, Keys: taken } } }));
  return {
    ...answer,
    UnprocessedKeys: left.length === 0 ? {} : { [table]: { ...request, Keys: left } },
  };
};
