import { DeleteItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { B, S, type TableProps, text, updateIf, whenConditionHolds } from '../dynamodb/index.ts';
import {
  identifiedLeadKey,
  identifierKey,
  identityRecordKey,
  type Key,
  leadIdentifierPrefix,
  leadKey,
  leadPairKey,
  leadPairPrefix,
  pairKey,
  parseIdentifierHash,
} from '../keys/index.ts';
import { newsAttribute, recordMarks } from './items.ts';

/** The numbers of what was removed of a lead now. */
interface Forgotten {
  readonly identifiers: number;
  readonly pairs: number;
}

export interface IdentityEraser {
  /**
   * Removes the identifiers and pairs of an erased lead, and marks it so that none is ever stored again. A second call
   * removes what the first one left.
   */
  forget(leadId: string): Promise<Forgotten>;
}

export const createIdentityEraser = ({ client, table }: TableProps): IdentityEraser => {
  // Whoever links an identifier does so only if the lead has no mark. So nothing is linked after this, and all that was
  // linked before is found by the query that follows.
  const mark = (leadId: string) =>
    updateIf(client, {
      table,
      key: identityRecordKey(leadId),
      set: { erased: B(true) },
      remove: [...recordMarks, newsAttribute],
    });

  const remove = (key: Key, condition?: ReturnType<typeof ofLead>): Promise<boolean> =>
    whenConditionHolds(
      client.send(
        new DeleteItemCommand({ TableName: table, Key: { pk: S(key.pk), sk: S(key.sk) }, ...condition }),
      ),
    );

  /** The condition that a link is the lead's: once removed, the identifier may be linked to another lead. */
  const ofLead = (leadId: string) => ({
    ConditionExpression: '#leadId = :leadId',
    ExpressionAttributeNames: { '#leadId': 'leadId' },
    ExpressionAttributeValues: { ':leadId': S(leadId) },
  });

  const listSortKeys = async function* (leadId: string): AsyncGenerator<string> {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': S(leadKey(leadId)) },
      },
    );
    for await (const { Items = [] } of pages) for (const item of Items) yield text(item, 'sk');
  };

  // What leads to the rest goes last, so that a retry finds what is left.
  const forget = async (leadId: string): Promise<Forgotten> => {
    await mark(leadId);
    let identifiers = 0;
    let pairs = 0;
    for await (const sk of listSortKeys(leadId)) {
      if (sk.startsWith(leadIdentifierPrefix)) {
        const hash = parseIdentifierHash(sk);
        await remove(identifierKey(hash), ofLead(leadId));
        await remove(identifiedLeadKey(leadId, hash));
        identifiers++;
      }
      if (sk.startsWith(leadPairPrefix)) {
        const other = sk.slice(leadPairPrefix.length);
        await remove(pairKey(leadId, other));
        await remove(leadPairKey(other, leadId));
        await remove(leadPairKey(leadId, other));
        pairs++;
      }
    }
    return { identifiers, pairs };
  };

  return { forget };
};
