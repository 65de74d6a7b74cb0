import { createHash } from 'node:crypto';
import { canonical } from '../../shared/dynamodb/index.ts';

interface Content {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly detail?: unknown;
}

/** Returns the same key for two texts that are the same event to their sender; the envelope is added by the bus. */
export const contentKey = (text: string): string => {
  try {
    const { source, 'detail-type': type, detail } = JSON.parse(text) as Content;
    return detail === undefined ? text : canonical({ source, type, detail });
  } catch {
    return text;
  }
};

/** Computes the id under which an event with this content is quarantined. */
export const hashContentKey = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 32);

/** Returns the lead that an event names, even if it is malformed; undefined if that can't be read. */
export const findLeadId = (text: string): string | undefined => {
  try {
    const leadId: unknown = JSON.parse(text)?.detail?.data?.leadId;
    return typeof leadId === 'string' ? leadId : undefined;
  } catch {
    return undefined;
  }
};
