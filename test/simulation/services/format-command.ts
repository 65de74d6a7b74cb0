import type { Command } from '../../../infra/local/engine/memory/memory-dynamodb.ts';

interface Keyed {
  readonly Key?: Named;
  readonly Item?: Named;
}

interface Named {
  readonly pk?: { readonly S?: string };
  readonly sk?: { readonly S?: string };
  readonly version?: { readonly N?: string };
}

const formatItem = ({ pk, sk, version }: Named = {}): string =>
  `${pk?.S?.replace(/^LEAD#/, '').slice(0, 12) ?? ''}/${sk?.S ?? ''}${version?.N === undefined ? '' : ` v${version.N}`}`;

const formatKeyed = ({ Key, Item }: Keyed): string => formatItem(Item ?? Key);

/** Formats a command in one line, for people who read the steps of a run. */
export const formatCommand = (command: Command): string => {
  const { TransactItems, RequestItems, ExpressionAttributeValues } = command.input as {
    TransactItems?: Record<string, Keyed>[];
    RequestItems?: Record<string, { Keys?: Named[] }>;
    ExpressionAttributeValues?: Record<string, { S?: string }>;
  };
  const items = TransactItems?.flatMap((item) => Object.values(item)).map(formatKeyed);
  const keys = Object.values(RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys.map(formatItem));
  const query = Object.values(ExpressionAttributeValues ?? {}).map(({ S }) => S?.slice(0, 20) ?? '');
  const { Key, Item } = command.input as Keyed;
  const about =
    items ??
    (keys.length > 0
      ? keys
      : Key || Item
        ? [formatKeyed({ ...(Key && { Key }), ...(Item && { Item }) })]
        : query);
  return `${command.constructor.name.replace(/Command$/, '')} ${about.join(', ')}`;
};
