import { isObject, showValue } from '../../events/index.ts';
import type { PassedPayload, Payload } from '../webhooks/index.ts';
import { type ChangeEventHeader, readChangeEventHeader } from './change-event-header.ts';
import { isOwnChange } from './change-origin.ts';
import { readChangedFields } from './changed-fields.ts';
import { isGap, isWildcard, missingChanges } from './missing-changes.ts';
import type { PartnerEvent, PartnerSplit } from './partner-event.ts';
import { normaliseSalesforceId } from './salesforce-id.ts';

type Content = Readonly<Record<string, unknown>>;

/**
 * Returns the instant of a change. All changes of a transaction have one timestamp, in practice of a whole second; their
 * sequence is the only order among them, and becomes milliseconds.
 */
const instantOf = ({ commitTimestamp, sequenceNumber }: ChangeEventHeader): string =>
  new Date(commitTimestamp + Math.min(Math.max(sequenceNumber - 1, 0), 999)).toISOString();

const nameOf = ({ entityName, changeType }: ChangeEventHeader): string => `${entityName} ${changeType}`;

const payloadOf = (header: ChangeEventHeader, shared: Content, recordId: string): Payload => {
  const { transactionKey, sequenceNumber } = header;
  return {
    name: nameOf(header),
    recordId: `${transactionKey} ${sequenceNumber} ${recordId}`,
    occurredAt: instantOf(header),
    content: { ...shared, recordId },
  };
};

const malformed = (event: PartnerEvent, problem: PassedPayload['problem']): PartnerSplit => ({
  payloads: [],
  passed: [
    {
      name: event['detail-type'],
      why: 'malformed',
      recordId: event.id,
      content: event.detail,
      ...(problem && { problem }),
    },
  ],
});

/**
 * Splits a change event of Salesforce into a payload for each record: an event names several if the same change was made
 * to them. The content of each has the fields of the header, the record's id and the changed fields. Events that say
 * that something changed without saying what it is now are kept as missing changes.
 *
 * @param ownClients the API clients by which Sluice itself writes to Salesforce
 */
export const splitChangeEvent = (event: PartnerEvent, ownClients: readonly string[]): PartnerSplit => {
  const { payload } = event.detail;
  if (!isObject(payload)) {
    const allowed = 'a change event';
    return malformed(event, { path: 'detail.payload', given: showValue(payload), allowed });
  }
  const read = readChangeEventHeader(payload.ChangeEventHeader);
  if (!read.ok) return malformed(event, read.problem);
  const { header } = read;
  if (isOwnChange(header.changeOrigin, ownClients))
    return { payloads: [], passed: [{ name: nameOf(header), why: 'own' }] };
  const { recordIds: _, ...ofHeader } = read.all;
  const content = { ...ofHeader, ...readChangedFields(payload, header) };
  const records = [...new Set(header.recordIds.map(normaliseSalesforceId))];
  const missing = isGap(header.changeType) ? records : records.filter(isWildcard);
  const known = records.filter((id) => !missing.includes(id));
  return {
    payloads: known.map((id) => payloadOf(header, content, id)),
    passed: missing.length === 0 ? [] : [missingChanges(header, missing, { ...content, recordIds: missing })],
  };
};
