import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { buildInsert, type TableProps, whenConditionHolds } from '../../shared/dynamodb/index.ts';
import { modelItem } from '../../shared/model-store/documents.ts';
import { directoryItem } from '../../shared/model-store/model-directory.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';

/** Stores a model without activating it, unless that is done, under a version that need not be its own. */
export const storeModel = async (
  { client, table }: TableProps,
  { version, document }: Pick<ScoringModel, 'version' | 'document'>,
  storedAt = '2026-01-01T00:00:00.000Z',
): Promise<void> => {
  for (const item of [modelItem(version, document, storedAt), directoryItem(version, document, storedAt)])
    await whenConditionHolds(client.send(new PutItemCommand(buildInsert(table, item))));
};
