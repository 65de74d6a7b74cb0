import list from './prices/us-east-1.json' with { type: 'json' };

export type PriceName = keyof typeof list.prices;

/** What `amount` of something costs, in USD. */
export const costOf = (name: PriceName, amount: number): number => {
  const { usd, per } = list.prices[name];
  return (amount * usd) / per;
};

/** Where the prices hold, and when they were read. */
export const { region, read } = list;
