import { extractReadable, type QuarantinedEvent } from '../quarantine/index.ts';

/** An id that a corrected event doesn't share with the one that came. */
export interface ChangedId {
  readonly field: 'eventId' | 'leadId';
  readonly from: string;
  readonly to?: string | undefined;
}

/** Finds the ids that a corrected event changes: the ledger can't know that the two are one event. */
export const findChangedIds = (
  { eventId, leadId }: Pick<QuarantinedEvent, 'eventId' | 'leadId'>,
  corrected: string,
): ChangedId[] => {
  const { rejectedEventId, leadId: correctedLeadId } = extractReadable(corrected);
  const pairs = [
    ['eventId', eventId, rejectedEventId],
    ['leadId', leadId, correctedLeadId],
  ] as const;
  return pairs.flatMap(([field, from, to]) =>
    from === undefined || from === to ? [] : [{ field, from, to }],
  );
};
