import { BrokenAnnouncementError } from './announcements.ts';
import { outboundContracts } from './catalogue.ts';
import { type DeliverableType, deliverableTypes, isDeliverable } from './deliverable-types.ts';
import type { Metadata } from './envelope.ts';
import { describeProblems, showValue } from './problems.ts';

/** An announcement about a lead, with the data of any contract. */
export interface DeliverableEvent {
  readonly type: DeliverableType;
  readonly metadata: Metadata;
  readonly data: Readonly<Record<string, unknown>> & {
    readonly leadId: string;
    readonly version: number;
    readonly ordinal: number;
  };
}

/**
 * Parses an announcement that can be delivered.
 *
 * @throws BrokenAnnouncementError if it breaks its contract, or isn't about a lead
 */
export const parseDeliverable = ({
  'detail-type': type,
  detail,
}: {
  readonly 'detail-type': string;
  readonly detail: unknown;
}): DeliverableEvent => {
  if (!isDeliverable(type)) {
    const allowed = deliverableTypes.join(', ');
    throw new BrokenAnnouncementError(type, [{ path: 'detail-type', given: showValue(type), allowed }]);
  }
  const parsed = outboundContracts[type].detail.safeParse(detail);
  if (!parsed.success)
    throw new BrokenAnnouncementError(type, describeProblems(parsed.error, detail, ['detail']));
  return { type, ...parsed.data };
};
