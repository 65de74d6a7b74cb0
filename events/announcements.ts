import { type ActionEvent, actionContracts } from './action-contracts.ts';
import { problemsOf, showProblem } from './problems.ts';

/** An announcement that does not keep its contract: a fault of the publisher, not of a producer outside. */
export class BrokenAnnouncementError extends Error {
  readonly code = 'BROKEN_ANNOUNCEMENT';
  constructor(type: string, problems: readonly string[]) {
    super(`${type} does not keep its contract: ${problems.join('; ')}`);
    this.name = 'BrokenAnnouncementError';
  }
}

/** Reads one of our own announcements, as its consumers get it. Throws where it breaks its contract. */
export const parseAction = (entry: { 'detail-type': string; detail: unknown }): ActionEvent => {
  const type = entry['detail-type'];
  const contract = actionContracts.find(({ detailType }) => detailType === type);
  if (contract === undefined) {
    throw new BrokenAnnouncementError(type, [
      `not one of ${actionContracts.map((c) => c.detailType).join(', ')}`,
    ]);
  }
  const parsed = contract.detail.safeParse(entry.detail);
  if (!parsed.success) {
    throw new BrokenAnnouncementError(
      type,
      problemsOf(parsed.error, entry.detail, ['detail']).map(showProblem),
    );
  }
  // The contract of that type parsed it; TypeScript can't follow that correlation through the lookup.
  return { type, ...parsed.data } as ActionEvent;
};
