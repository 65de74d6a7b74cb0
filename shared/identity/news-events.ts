import { createHash } from 'node:crypto';
import { type BusEvent, busEvent } from '../../events/index.ts';
import type { LinkNews, MergeNews } from './known.ts';

/** Returns an id that follows from what an event says, so that an event that is sent again is the same. */
const eventIdOf = (type: string, ...parts: readonly string[]): string =>
  `${type}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}`;

export const linkEvent = ({ leadId, at, source, identifiers }: LinkNews): BusEvent =>
  busEvent(
    'LeadIdentified',
    source,
    {
      eventId: eventIdOf('LeadIdentified', leadId, at, ...identifiers.map(({ hash }) => hash)),
      occurredAt: at,
    },
    { leadId, identifiers: identifiers.map(({ type, hash }) => ({ type, key: hash })) },
  );

export const mergeEvent = ({ leadId, mergedLeadId, at, source }: MergeNews): BusEvent =>
  busEvent(
    'LeadsMerged',
    source,
    { eventId: eventIdOf('LeadsMerged', leadId, mergedLeadId), occurredAt: at },
    { leadId, mergedLeadId },
  );
