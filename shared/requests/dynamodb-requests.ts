import { createHash, randomBytes } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { apiLimits } from '../../events/api/index.ts';
import { type Item, isNew, N, S, type TableProps, text, updateIf } from '../dynamodb/index.ts';
import { cursorSecretKey, expiryAttribute, type Key, requestKey, versionClaimKey } from '../keys/index.ts';
import type { KeyedRequest, RequestNoted, Requests, VersionClaim } from './requests.ts';

export interface RequestsProps extends Pick<TableProps, 'client' | 'table'> {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Returns a digest of texts. Ids of leads are often e-mail addresses, which are not to be stored here. */
const digest = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex');

/** DynamoDB deletes expired items only after some time, so conditions look at the expiry themselves. */
const isGone = `${isNew} OR #${expiryAttribute} < :now`;

const secondsOf = (ms: number): number => Math.floor(ms / 1_000);

export const createDynamoDbRequests = ({ client, table, now }: RequestsProps): Requests => {
  const read = async ({ pk, sk }: Key): Promise<Item | undefined> => {
    const Key = { pk: S(pk), sk: S(sk) };
    return (await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  };

  const note = async ({ callerId, key: given, fingerprint }: KeyedRequest): Promise<RequestNoted> => {
    const id = digest(callerId, given);
    const key = requestKey(id);
    const at = now();
    const occurredAt = new Date(at).toISOString();
    const isFirst = await updateIf(client, {
      table,
      key,
      set: {
        fingerprint: S(fingerprint),
        occurredAt: S(occurredAt),
        [expiryAttribute]: N(secondsOf(at + apiLimits.requestMs)),
      },
      values: { now: N(secondsOf(at)) },
      condition: isGone,
    });
    const eventId = `api-${id.slice(0, 32)}`;
    if (isFirst) return { kind: 'new', occurredAt, eventId };
    const stored = await read(key);
    // It has expired in the meantime.
    if (stored === undefined) return note({ callerId, key: given, fingerprint });
    if (text(stored, 'fingerprint') !== fingerprint) return { kind: 'other' };
    return { kind: 'again', occurredAt: text(stored, 'occurredAt'), eventId };
  };

  const claimVersion = ({ leadId, version, eventId }: VersionClaim): Promise<boolean> => {
    const at = now();
    return updateIf(client, {
      table,
      key: versionClaimKey(digest(leadId), version),
      set: { claimedBy: S(eventId), [expiryAttribute]: N(secondsOf(at + apiLimits.claimMs)) },
      values: { now: N(secondsOf(at)) },
      condition: `${isGone} OR #claimedBy = :claimedBy`,
    });
  };

  let secret: Promise<Buffer> | undefined;
  const loadSecret = async (): Promise<Buffer> => {
    const stored = (await read(cursorSecretKey))?.secret?.B;
    if (stored !== undefined) return Buffer.from(stored);
    // Another function may be first.
    const set = { secret: { B: randomBytes(32) } };
    await updateIf(client, { table, key: cursorSecretKey, set, condition: isNew });
    return loadSecret();
  };

  return {
    note,
    claimVersion,
    readCursorSecret: () => {
      secret ??= loadSecret().catch((error: unknown) => {
        secret = undefined;
        throw error;
      });
      return secret;
    },
  };
};
