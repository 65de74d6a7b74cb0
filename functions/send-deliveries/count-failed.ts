import type { Delivery } from '../../shared/deliveries/index.ts';
import { count } from '../../shared/lambda/index.ts';

/** Counts a delivery that was given up. Of an erasure it is counted again: its target still has what it got of a person. */
export const countFailed = ({ type }: Pick<Delivery, 'type'>): void => {
  count('DeliveriesFailed', 1);
  if (type === 'LeadErased') count('ErasuresUndelivered', 1);
};
