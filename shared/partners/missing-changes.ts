import { type Problem, showValue } from '../../events/index.ts';
import type { PassedPayload } from '../webhooks/index.ts';
import type { ChangeEventHeader } from './change-event-header.ts';

/** Returns whether an id stands for all records of an object: `00Q*`. */
export const isWildcard = (recordId: string): boolean => recordId.endsWith('*');

/** The way to bring leads up to date. An import would make other leads, since it looks up no identifiers. */
const remedy = 'send them whole to a source of webhooks (docs/integrations/salesforce.md, "Whole records")';

const overflow = 'GAP_OVERFLOW';

/** Returns whether an event says that something changed without saying what it is now. */
export const isGap = (changeType: string): boolean => changeType.startsWith('GAP_');

/** Returns what has to be done by hand, since the event has no fields. */
const explain = ({ changeType, entityName }: ChangeEventHeader, records: readonly string[]): Problem => {
  if (changeType === overflow) {
    return {
      path: 'detail.payload.ChangeEventHeader.changeType',
      given: showValue(changeType),
      allowed:
        `changes with their fields; one transaction changed more than Salesforce sends, so fetch the ${entityName} ` +
        `records that changed since then and ${remedy}`,
    };
  }
  if (records.some(isWildcard)) {
    return {
      path: 'detail.payload.ChangeEventHeader.recordIds',
      given: showValue(records),
      allowed: `ids of records; a field of all ${entityName} records changed, so fetch all of them and ${remedy}`,
    };
  }
  return {
    path: 'detail.payload.ChangeEventHeader.changeType',
    given: showValue(changeType),
    allowed: `a change with its fields; fetch these ${entityName} records from Salesforce and ${remedy}`,
  };
};

/**
 * Returns the payload by which missing changes are kept and counted.
 *
 * @param records those of the event's records whose changes are missing
 */
export const missingChanges = (
  header: ChangeEventHeader,
  records: readonly string[],
  content: unknown,
): PassedPayload => ({
  name: `${header.entityName} ${header.changeType}`,
  why: 'missing-changes',
  recordId: `${header.transactionKey} ${header.sequenceNumber} ${records.join(' ')}`,
  content,
  problem: explain(header, records),
});
