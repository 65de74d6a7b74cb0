import type { Handoff } from './handoff.ts';

/** Returns the instant at which a hand-off ended, or else began. */
const latestOf = ({ answeredAt, withdrawnAt, erasedAt, expiredAt, requestedAt }: Handoff): string =>
  answeredAt ?? withdrawnAt ?? erasedAt ?? expiredAt ?? requestedAt ?? '';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Returns whether Sluice requested a hand-off. Of one that was requested elsewhere only the verdict is stored. */
export const isRequested = ({ requestedAt }: Handoff): boolean => requestedAt !== undefined;

/**
 * Orders hand-offs: open ones first, the one that is due first before others; then those that wait; then the rest,
 * the latest first. Of one instant, those that Sluice requested come before verdicts on others.
 */
export const byUrgency = (a: Handoff, b: Handoff): number => {
  const rank = ({ status }: Handoff): number => (status === 'open' ? 2 : Number(status === 'waiting'));
  return (
    rank(b) - rank(a) ||
    (a.status === 'open' ? compare(a.dueAt ?? '~', b.dueAt ?? '~') : compare(latestOf(b), latestOf(a))) ||
    Number(isRequested(b)) - Number(isRequested(a)) ||
    compare(a.leadId, b.leadId) ||
    compare(a.handoffId, b.handoffId)
  );
};
