import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  buildInsert,
  type Item,
  S,
  selectAttributes,
  type TableProps,
  text,
  whenConditionHolds,
} from '../dynamodb/index.ts';
import { modelDirectory, modelDirectoryKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';

/** A model in the directory: models are stored under keys of their own, and nothing else lists them. */
interface ListedModel {
  readonly modelVersion: string;
  readonly title: string;
  /** The instant at which the model was stored, before the first lead was judged by it: UTC, ISO 8601. */
  readonly storedAt: string;
}

const attributes = ['sk', 'title', 'storedAt'];

/**
 * Lists a stored model in the directory, unless it is there. The item has none of the attributes and sort keys that the
 * stream announces.
 */
export const listInDirectory = async (
  { client, table }: TableProps,
  version: string,
  { title }: Pick<ModelDocument, 'title'>,
  storedAt: string,
): Promise<void> => {
  const { pk, sk } = modelDirectoryKey(version);
  const item: Item = { pk: S(pk), sk: S(sk), title: S(title), storedAt: S(storedAt) };
  // Another function of the same deployment may be first.
  await whenConditionHolds(client.send(new PutItemCommand(buildInsert(table, item))));
};

/**
 * Reads the models by which leads were judged, by their versions. A model that was stored before there was a directory
 * is in it once it is active again.
 *
 * @param most the most models to read
 */
export const readModelDirectory = async (
  { client, table }: TableProps,
  most: number,
): Promise<ListedModel[]> => {
  const { ExpressionAttributeNames: names, ...select } = selectAttributes(attributes);
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :directory',
      ExpressionAttributeValues: { ':directory': S(modelDirectory) },
      ExpressionAttributeNames: names,
      ...select,
      Limit: most,
    }),
  );
  return Items.map((item) => ({
    modelVersion: text(item, 'sk'),
    title: text(item, 'title'),
    storedAt: text(item, 'storedAt'),
  }));
};
