import { contentKey } from '../../invariants/content.ts';
import type { Fate } from '../../invariants/evidence.ts';

/** An event as a producer puts it on the bus. */
export interface LoadEntry {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** An event of the load with its required fate. A string is a message that is no event at all. */
export interface Sent {
  readonly content: LoadEntry | string;
  readonly fate: Fate;
  /** When it is sent, in milliseconds since 1970, if its time is yet to come. */
  readonly sendAt?: number | undefined;
}

export const findContentKey = (content: Sent['content']): string =>
  typeof content === 'string' ? content : contentKey(JSON.stringify(content));

/** Returns the identity of an event: the lead that it names, its instant and its id; undefined if it has none. */
export const parseIdentity = (text: string): string | undefined => {
  try {
    const { metadata, data } = (JSON.parse(text) as { detail: Record<string, Record<string, string>> })
      .detail;
    return `${data?.leadId} ${new Date(metadata?.occurredAt ?? '').toISOString()} ${metadata?.eventId}`;
  } catch {
    return undefined;
  }
};
