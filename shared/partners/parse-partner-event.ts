import { isObject } from '../../events/index.ts';
import type { PartnerEvent } from './partner-event.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Returns what a rule on a partner bus has delivered; undefined if it isn't an event of EventBridge. */
export const parsePartnerEvent = (entry: unknown): PartnerEvent | undefined => {
  if (!isObject(entry)) return undefined;
  const { id, source, 'detail-type': type, time, detail } = entry;
  return isText(id) && isText(source) && isText(type) && isText(time) && isObject(detail)
    ? { id, source, 'detail-type': type, time, detail }
    : undefined;
};
