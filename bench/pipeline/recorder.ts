import type {
  BatchGetItemCommandInput,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createClient } from './tables.ts';

const keyOf = (item: Item): string => `${item.pk?.S}\n${item.sk?.S}`;

/**
 * Creates a client without an engine. It stores the transactions sent through it and answers reads from them, so that
 * the writes of a function are recorded at the speed of the function.
 */
export const createRecorder = () => {
  const transactions: TransactWriteItem[][] = [];
  const items = new Map<string, Item>();
  const client = createClient({ region: 'eu-central-1' });

  const write = ({ TransactItems = [] }: TransactWriteItemsCommandInput) => {
    transactions.push(TransactItems);
    for (const { Put } of TransactItems) if (Put?.Item !== undefined) items.set(keyOf(Put.Item), Put.Item);
    return {};
  };
  const read = ({ RequestItems = {} }: BatchGetItemCommandInput) => ({
    Responses: Object.fromEntries(
      Object.entries(RequestItems).map(([table, { Keys = [] }]) => [
        table,
        Keys.map((key) => items.get(keyOf(key))).filter((item) => item !== undefined),
      ]),
    ),
  });
  client.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => {
        const output =
          commandName === 'TransactWriteItemsCommand'
            ? write(input as TransactWriteItemsCommandInput)
            : read(input as BatchGetItemCommandInput);
        return { output: { $metadata: {}, ...output }, response: undefined };
      },
    { step: 'initialize', priority: 'high', name: 'recorder' },
  );
  return { client, transactions };
};
