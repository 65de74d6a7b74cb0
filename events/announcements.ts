import { type OutboundEvent, type OutboundType, outboundContracts } from './catalogue.ts';
import { actionContracts } from './patterns.ts';
import { problemsOf, showProblem } from './problems.ts';

/** An announcement after which the policy may ask for something else. */
export type ActionEvent = Extract<OutboundEvent, { type: (typeof actionContracts)[number]['detailType'] }>;

/** An announcement that does not keep its contract: a fault of the publisher, not of a producer outside. */
export class BrokenAnnouncementError extends Error {
  readonly code = 'BROKEN_ANNOUNCEMENT';
  constructor(type: string, problems: readonly string[]) {
    super(`${type} does not keep its contract: ${problems.join('; ')}`);
    this.name = 'BrokenAnnouncementError';
  }
}

const isActionType = (type: string): type is ActionEvent['type'] =>
  actionContracts.some(({ detailType }) => detailType === type);

/** Reads one of our own announcements, as its consumers get it. Throws where it breaks its contract. */
export const parseAction = (entry: { 'detail-type': string; detail: unknown }): ActionEvent => {
  const type = entry['detail-type'];
  if (!isActionType(type)) {
    throw new BrokenAnnouncementError(type, [
      `not one of ${actionContracts.map((c) => c.detailType).join(', ')}`,
    ]);
  }
  const parsed = outboundContracts[type satisfies OutboundType].detail.safeParse(entry.detail);
  if (!parsed.success) {
    throw new BrokenAnnouncementError(
      type,
      problemsOf(parsed.error, entry.detail, ['detail']).map(showProblem),
    );
  }
  // The contract picked by `type` parsed it; TypeScript can't follow that correlation through the lookup.
  return { type, ...parsed.data } as ActionEvent;
};
