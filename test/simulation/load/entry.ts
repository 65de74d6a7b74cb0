import { canonical } from '../../../shared/dynamodb/index.ts';

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

/**
 * What must become of an event: its ledger entry, the quarantine, or either, where that depends on what came first.
 */
export type Fate = 'recorded' | 'rejected' | 'either';

/** An event of the load, with what must become of it. Text stands for what is no event at all. */
export interface Sent {
  readonly content: LoadEntry | string;
  readonly fate: Fate;
}

interface Content {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly detail?: unknown;
}

/** What makes two texts the same event for whoever sent them: the envelope is the bus's own. */
export const contentKey = (text: string): string => {
  try {
    const { source, 'detail-type': type, detail } = JSON.parse(text) as Content;
    return detail === undefined ? text : canonical({ source, type, detail });
  } catch {
    return text;
  }
};

export const keyOf = (content: Sent['content']): string =>
  typeof content === 'string' ? content : contentKey(JSON.stringify(content));

/** What makes an event one: the lead that it names, its instant and its id; nothing where it tells none. */
export const identityOf = (text: string): string | undefined => {
  try {
    const { metadata, data } = (JSON.parse(text) as { detail: Record<string, Record<string, string>> })
      .detail;
    return `${data?.leadId} ${new Date(metadata?.occurredAt ?? '').toISOString()} ${metadata?.eventId}`;
  } catch {
    return undefined;
  }
};
