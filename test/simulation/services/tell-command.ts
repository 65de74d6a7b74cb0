import type { Command } from '../../support/memory-dynamodb/index.ts';

interface Keyed {
  readonly Key?: Named;
  readonly Item?: Named;
}

interface Named {
  readonly pk?: { readonly S?: string };
  readonly sk?: { readonly S?: string };
  readonly version?: { readonly N?: string };
}

const tellItem = ({ pk, sk, version }: Named = {}): string =>
  `${pk?.S?.replace(/^LEAD#/, '').slice(0, 12) ?? ''}/${sk?.S ?? ''}${version?.N === undefined ? '' : ` v${version.N}`}`;

const tellKeyed = ({ Key, Item }: Keyed): string => tellItem(Item ?? Key);

/** What a command is about, on one line, for people who read the steps of a run. */
export const tellCommand = (command: Command): string => {
  const { TransactItems, RequestItems, ExpressionAttributeValues } = command.input as {
    TransactItems?: Record<string, Keyed>[];
    RequestItems?: Record<string, { Keys?: Named[] }>;
    ExpressionAttributeValues?: Record<string, { S?: string }>;
  };
  const items = TransactItems?.flatMap((item) => Object.values(item)).map(tellKeyed);
  const keys = Object.values(RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys.map(tellItem));
  const query = Object.values(ExpressionAttributeValues ?? {}).map(({ S }) => S?.slice(0, 20) ?? '');
  const { Key, Item } = command.input as Keyed;
  const about =
    items ??
    (keys.length > 0
      ? keys
      : Key || Item
        ? [tellKeyed({ ...(Key && { Key }), ...(Item && { Item }) })]
        : query);
  return `${command.constructor.name.replace(/Command$/, '')} ${about.join(', ')}`;
};
