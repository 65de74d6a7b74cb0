import list from './prices/us-east-1.json' with { type: 'json' };

export type PriceName = keyof typeof list.prices;

/** Returns the price of an amount in USD. */
export const computeCost = (name: PriceName, amount: number): number => {
  const { usd, per } = list.prices[name];
  return (amount * usd) / per;
};

/** The region of the prices, and the date on which they were read. */
export const { region, read } = list;
