import { type ActionEvent, actionContracts } from './action-contracts.ts';
import { describeProblems, showProblem } from './problems.ts';

/** Thrown if an announcement breaks its contract: a fault of Sluice, not of a producer. */
export class BrokenAnnouncementError extends Error {
  readonly code = 'BROKEN_ANNOUNCEMENT';
  constructor(type: string, problems: readonly string[]) {
    super(`${type} breaks its contract: ${problems.join('; ')}`);
    this.name = 'BrokenAnnouncementError';
  }
}

/**
 * Parses an announcement of Sluice, as its consumers get it.
 *
 * @throws BrokenAnnouncementError if the announcement breaks its contract, or no action can follow from its type
 */
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
      describeProblems(parsed.error, entry.detail, ['detail']).map(showProblem),
    );
  }
  // The contract of this type parsed the data; TypeScript can't relate the two through the lookup.
  return { type, ...parsed.data } as ActionEvent;
};
