/** Budget, authority, need, time frame. Apart from the schemas, so that the evaluator needs none of them. */
export const letters = ['budget', 'authority', 'need', 'timeframe'] as const;
export type Letter = (typeof letters)[number];
