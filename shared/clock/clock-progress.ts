import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { getItems, json, S, text, updateIf } from '../dynamodb/index.ts';
import { clockKey, type Key } from '../keys/index.ts';

/** The hours that are done, and the state of the first sweep. */
export interface Progress {
  /** The last hour that is done, in milliseconds since 1970; undefined before the first one. */
  readonly doneHour: number | undefined;
  readonly isSwept: boolean;
  /** The item after which the first sweep continues. */
  readonly sweptTo: Key | undefined;
}

export interface ClockProgress {
  load(): Promise<Progress>;
  /** Notes the last hour that is done, unless another run has noted a later one. */
  noteHour(doneHour: number): Promise<void>;
  /** Notes how far the first sweep has come. @param last the last item that was read; undefined if it was the very last */
  noteSweep(last: Key | undefined, now: number): Promise<void>;
}

/** The attributes beside the key. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const attributes = ['doneHour', 'sweptAt', 'sweptTo'] as const;

export const createClockProgress = (client: DynamoDBClient, table: string): ClockProgress => ({
  async load() {
    const [item = {}] = await getItems({ client, table }, [clockKey], attributes);
    return {
      doneHour: item.doneHour === undefined ? undefined : Date.parse(text(item, 'doneHour')),
      isSwept: item.sweptAt !== undefined,
      sweptTo: item.sweptTo === undefined ? undefined : json<Key>(item, 'sweptTo'),
    };
  },
  async noteHour(doneHour) {
    await updateIf(client, {
      table,
      key: clockKey,
      set: { doneHour: S(new Date(doneHour).toISOString()) },
      condition: 'attribute_not_exists(#doneHour) OR #doneHour < :doneHour',
    });
  },
  async noteSweep(last, now) {
    await updateIf(client, {
      table,
      key: clockKey,
      ...(last === undefined
        ? { set: { sweptAt: S(new Date(now).toISOString()) }, remove: ['sweptTo'] }
        : { set: { sweptTo: S(JSON.stringify(last)) } }),
      // Another run may have come to the end.
      condition: 'attribute_not_exists(#sweptAt)',
    });
  },
});
