import { createHash, randomBytes } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { apiLimits } from '../../events/api/index.ts';
import {
  buildUpdate,
  type Item,
  type ItemUpdate,
  isNew,
  N,
  number,
  S,
  type TableProps,
  text,
  transactPatiently,
  updateIf,
} from '../dynamodb/index.ts';
import { cursorSecretKey, expiryAttribute, type Key, requestKey, versionClaimKey } from '../keys/index.ts';
import type {
  KeyedRequest,
  RequestFound,
  RequestNoted,
  Requests,
  RequestToNote,
  SeenVersion,
} from './requests.ts';

interface RequestsProps extends Pick<TableProps, 'client' | 'table'> {
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

  const find = async ({ callerId, key: given, fingerprint }: KeyedRequest): Promise<RequestFound> => {
    const at = now();
    // A key that is used for another request once it has expired must not make an event that seems to be the first one.
    const eventId = `api-${digest(callerId, given, fingerprint).slice(0, 32)}`;
    const stored = await read(requestKey(digest(callerId, given)));
    if (stored === undefined || number(stored, expiryAttribute) < secondsOf(at))
      return { kind: 'new', eventId, occurredAt: new Date(at).toISOString() };
    if (text(stored, 'fingerprint') !== fingerprint) return { kind: 'other' };
    return { kind: 'again', eventId, occurredAt: text(stored, 'occurredAt') };
  };

  const noteUpdate = (
    { callerId, key, fingerprint }: KeyedRequest,
    occurredAt: string,
    at: number,
  ): ItemUpdate => ({
    table,
    key: requestKey(digest(callerId, key)),
    set: {
      fingerprint: S(fingerprint),
      occurredAt: S(occurredAt),
      [expiryAttribute]: N(secondsOf(at + apiLimits.requestMs)),
    },
    values: { now: N(secondsOf(at)) },
    condition: isGone,
  });

  const versionUpdate = ({ leadId, version }: SeenVersion, eventId: string, at: number): ItemUpdate => ({
    table,
    key: versionClaimKey(digest(leadId), version),
    set: { claimedBy: S(eventId), [expiryAttribute]: N(secondsOf(at + apiLimits.claimMs)) },
    values: { now: N(secondsOf(at)) },
    condition: `${isGone} OR #claimedBy = :claimedBy`,
  });

  const note = async (request: RequestToNote): Promise<RequestNoted> => {
    const { eventId, occurredAt, keyed, seen } = request;
    const at = now();
    const updates = [
      ...(seen === undefined ? [] : [versionUpdate(seen, eventId, at)]),
      ...(keyed === undefined ? [] : [noteUpdate(keyed, occurredAt, at)]),
    ];
    if (updates.length === 0) return { kind: 'new', eventId, occurredAt };
    const refused = await transactPatiently(
      client,
      updates.map((update) => ({ Update: buildUpdate(update) })),
    );
    if (refused.length === 0) return { kind: 'new', eventId, occurredAt };
    const isNoted = keyed !== undefined && refused.includes(updates.length - 1);
    if (!isNoted) return { kind: 'taken' };
    const found = await find(keyed);
    // It has expired in the meantime.
    if (found.kind === 'new') return note(request);
    if (found.kind === 'other' || seen === undefined) return found;
    return (await updateIf(client, versionUpdate(seen, eventId, at))) ? found : { kind: 'taken' };
  };

  let secret: Promise<Buffer> | undefined;
  const readSecret = async (): Promise<Buffer | undefined> => {
    const stored = (await read(cursorSecretKey))?.secret?.B;
    return stored && Buffer.from(stored);
  };
  const loadSecret = async (): Promise<Buffer> => {
    const stored = await readSecret();
    if (stored !== undefined) return stored;
    // Another function may be first.
    const set = { secret: { B: randomBytes(32) } };
    await updateIf(client, { table, key: cursorSecretKey, set, condition: isNew });
    const made = await readSecret();
    if (made === undefined) throw new Error('the item of the secret of cursors has no secret');
    return made;
  };

  return {
    find,
    note,
    readCursorSecret: () => {
      secret ??= loadSecret().catch((error: unknown) => {
        secret = undefined;
        throw error;
      });
      return secret;
    },
  };
};
