import type { DealFact, Facts } from '../scoring/index.ts';

/** The statuses of a deal in ascending order: of two at one instant, the later in the list counts. */
const order = ['open', 'lost', 'won'] as const satisfies readonly DealFact[0][];

/** Returns the later of two statements about one deal. */
export const pickLaterDeal = (a: DealFact, b: DealFact): DealFact => {
  if (a[1] !== b[1]) return a[1] > b[1] ? a : b;
  return order.indexOf(a[0]) >= order.indexOf(b[0]) ? a : b;
};

/** Notes how a deal stands, if it is named. */
export const withDeal = (
  { deals = {} }: Facts,
  dealId: string | undefined,
  status: DealFact[0],
  at: number,
): Pick<Facts, 'deals'> => {
  if (dealId === undefined) return {};
  const before = Object.hasOwn(deals, dealId) ? deals[dealId] : undefined;
  const stated: DealFact = [status, at];
  return { deals: { ...deals, [dealId]: before === undefined ? stated : pickLaterDeal(before, stated) } };
};
