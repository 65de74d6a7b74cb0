import { type ActionEvent, actionContracts } from './action-contracts.ts';
import type { EventOf } from './envelope.ts';
import { HandoffDeadlineMoved } from './outbound/handoff-deadline-moved.ts';
import { describeProblems, type Problem, showProblem, showValue } from './problems.ts';

/** Thrown if an announcement breaks its contract: a fault of Sluice, not of a producer. */
export class BrokenAnnouncementError extends Error {
  readonly code = 'BROKEN_ANNOUNCEMENT';
  readonly problems: readonly Problem[];
  constructor(type: string, problems: readonly Problem[]) {
    super(`${type} breaks its contract: ${problems.map(showProblem).join('; ')}`);
    this.name = 'BrokenAnnouncementError';
    this.problems = problems;
  }
}

/** An announcement as its rule delivers it. */
interface Announced {
  readonly 'detail-type': string;
  readonly detail: unknown;
}

type Own = (typeof actionContracts)[number] | typeof HandoffDeadlineMoved;

const parseAs = (contracts: readonly Own[], { 'detail-type': type, detail }: Announced): EventOf<Own> => {
  const contract = contracts.find(({ detailType }) => detailType === type);
  if (contract === undefined) {
    const allowed = contracts.map(({ detailType }) => detailType).join(', ');
    throw new BrokenAnnouncementError(type, [{ path: 'detail-type', given: showValue(type), allowed }]);
  }
  const parsed = contract.detail.safeParse(detail);
  if (!parsed.success)
    throw new BrokenAnnouncementError(type, describeProblems(parsed.error, detail, ['detail']));
  // The contract of this type parsed the data; TypeScript can't relate the two through the lookup.
  return { type, ...parsed.data } as EventOf<Own>;
};

/**
 * Parses an announcement of Sluice, as its consumers get it.
 *
 * @throws BrokenAnnouncementError if the announcement breaks its contract, or no action can follow from its type
 */
export const parseAction = (entry: Announced): ActionEvent => parseAs(actionContracts, entry) as ActionEvent;

/** An announcement that the deadline of a lead's hand-off moves. */
export type DeadlineMovedEvent = EventOf<typeof HandoffDeadlineMoved>;

/**
 * Parses an announcement that a deadline moves.
 *
 * @returns undefined for an announcement of any other type
 * @throws BrokenAnnouncementError if it breaks its contract
 */
export const parseDeadlineMoved = (entry: Announced): DeadlineMovedEvent | undefined =>
  entry['detail-type'] === HandoffDeadlineMoved.detailType
    ? (parseAs([HandoffDeadlineMoved], entry) as DeadlineMovedEvent)
    : undefined;
