import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { getItems, json, S, text, updateIf } from '../../shared/dynamodb/index.ts';
import { type Key, recountKey } from '../../shared/keys/index.ts';

/** The progress of reading one part of the table. */
export interface SegmentProgress {
  /** The item after which the part is read on; undefined at its beginning. */
  readonly after?: Key | undefined;
  readonly isDone: boolean;
}

/** A recount under way. A run that is out of time leaves it to the next one. */
export interface Recount {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly segments: readonly SegmentProgress[];
  /** The leads that were read. */
  readonly leads: number;
  /** The counted leads by cell, as far as the table is read. */
  readonly counted: Readonly<Record<string, number>>;
  /** The moves that were counted by partition before the first item was read. */
  readonly movesBefore: Readonly<Record<string, number>>;
  /** The moves that the recount itself has counted. */
  readonly ownMoves: number;
}

interface RecountProgress {
  /** The recount under way; undefined if the last one is done. */
  readonly current: Recount | undefined;
  /** When the last recount that is done had begun, in milliseconds since 1970; undefined before the first one. */
  readonly doneAt: number | undefined;
}

/** The attributes beside the key. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const attributes = ['current', 'doneAt'] as const;

export interface RecountStore {
  load(): Promise<RecountProgress>;
  /** Notes how far a recount has come. */
  save(recount: Recount): Promise<void>;
  /** Notes that a recount is done. */
  finish(recount: Recount): Promise<void>;
}

export const createRecountStore = (client: DynamoDBClient, table: string): RecountStore => ({
  async load() {
    const [item = {}] = await getItems({ client, table }, [recountKey], attributes);
    return {
      current: item.current === undefined ? undefined : json<Recount>(item, 'current'),
      doneAt: item.doneAt === undefined ? undefined : Date.parse(text(item, 'doneAt')),
    };
  },
  async save(recount) {
    await updateIf(client, { table, key: recountKey, set: { current: S(JSON.stringify(recount)) } });
  },
  async finish({ startedAt }) {
    const doneAt = S(new Date(startedAt).toISOString());
    await updateIf(client, { table, key: recountKey, set: { doneAt }, remove: ['current'] });
  },
});
