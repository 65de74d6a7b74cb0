import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S, selectAttributes, type TableProps, text } from '../dynamodb/index.ts';
import { modelDirectory, modelDirectoryKey } from '../keys/index.ts';
import type { ModelDocument } from '../scoring/index.ts';
import type { PublishedModel } from './registry.ts';

const attributes = ['sk', 'title', 'storedAt'];

/**
 * Returns the item by which a model is listed: models are stored under keys of their own, and nothing else lists them. The
 * item has none of the attributes and sort keys that the stream announces.
 *
 * @param storedAt UTC, ISO 8601
 */
export const directoryItem = (
  version: string,
  { title }: Pick<ModelDocument, 'title'>,
  storedAt: string,
): Item => {
  const { pk, sk } = modelDirectoryKey(version);
  return { pk: S(pk), sk: S(sk), title: S(title), storedAt: S(storedAt) };
};

/** Reads the published models, by their versions. @param most the most models to read */
export const readModelDirectory = async (
  { client, table }: TableProps,
  most: number,
): Promise<PublishedModel[]> => {
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
