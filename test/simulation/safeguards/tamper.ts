import {
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Command } from '../../../infra/local/engine/memory/memory-dynamodb.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import type { Sabotage } from '../world/sabotage.ts';

/** One write, by itself or in a transaction. */
export interface OneWrite {
  readonly TableName?: string | undefined;
  readonly Item?: Item | undefined;
  readonly Key?: Item | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

type Which = (write: OneWrite) => boolean;

export const sortKeyOf = ({ Item: item, Key }: OneWrite): string => (item ?? Key)?.sk?.S ?? '';

const used = (
  given: Record<string, unknown> | undefined,
  text: string,
): Record<string, never> | undefined => {
  const entries = Object.entries(given ?? {}).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Record<string, never>);
};

/** Returns a write without its condition, and without the placeholders that only the condition used. */
const unconditional = <T extends OneWrite>(write: T): T => {
  const {
    ConditionExpression: _condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ...rest
  } = write;
  const text = write.UpdateExpression ?? '';
  const [usedNames, usedValues] = [used(names, text), used(values, text)];
  return {
    ...rest,
    ...(usedNames !== undefined && { ExpressionAttributeNames: usedNames }),
    ...(usedValues !== undefined && { ExpressionAttributeValues: usedValues }),
  } as unknown as T;
};

const partOf = ({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): OneWrite =>
  (Put ?? Update ?? Delete ?? ConditionCheck ?? {}) as OneWrite;

/** Changes each part of a transaction, and drops those for which the change returns undefined. */
export const changeParts = (
  command: Command,
  change: (part: TransactWriteItem) => TransactWriteItem | undefined,
): Command => {
  if (!(command instanceof TransactWriteItemsCommand)) return command;
  const parts = (command.input.TransactItems ?? []).map(change).filter((part) => part !== undefined);
  return new TransactWriteItemsCommand({ ...command.input, TransactItems: parts });
};

const withoutConditionIn =
  (which: Which) =>
  (part: TransactWriteItem): TransactWriteItem | undefined => {
    if (!which(partOf(part))) return part;
    if (part.Put) return { Put: unconditional(part.Put) };
    if (part.Update) return { Update: unconditional(part.Update) };
    return undefined;
  };

/** Drops the conditions of writes, by themselves and in transactions. */
export const withoutConditions = (which: Which): Sabotage => ({
  execute: (command, next) => {
    if (command instanceof UpdateItemCommand && which(command.input)) {
      return next(new UpdateItemCommand(unconditional(command.input)));
    }
    const changed = changeParts(command, withoutConditionIn(which));
    const { TransactItems } = changed.input as { TransactItems?: unknown[] };
    return TransactItems?.length === 0 ? {} : next(changed);
  },
});

/** Answers commands without carrying them out. */
export const withoutCommands = (which: (write: OneWrite) => boolean): Sabotage => ({
  execute: (command, next) => (which(command.input as OneWrite) ? {} : next(command)),
});

/** Drops parts of transactions. */
export const withoutParts = (which: Which): Sabotage => ({
  execute: (command, next) => next(changeParts(command, (part) => (which(partOf(part)) ? undefined : part))),
});
