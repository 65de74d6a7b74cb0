import type { PartnerSource } from '../sources/index.ts';
import { readSegmentEvent } from '../webhooks/index.ts';
import type { PartnerEvent, PartnerSplit } from './partner-event.ts';
import { splitChangeEvent } from './salesforce-cdc.ts';

/** Reads Segment's event, which is the detail, as its webhooks have it: one mapping fits both. */
const splitSegmentEvent = ({ detail }: PartnerEvent): PartnerSplit => {
  const { payload, passed } = readSegmentEvent(detail);
  return { payloads: payload ? [payload] : [], passed: passed ? [passed] : [] };
};

/** Splits an event of a partner bus into payloads, as the kind of its source says. */
export const splitPartnerEvent = (source: PartnerSource, event: PartnerEvent): PartnerSplit => {
  switch (source.kind) {
    case 'segment-eventbridge':
      return splitSegmentEvent(event);
    case 'salesforce-cdc':
      return splitChangeEvent(event, source.ownClients);
    default:
      return source satisfies never;
  }
};
