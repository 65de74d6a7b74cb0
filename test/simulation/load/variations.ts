import type { Random } from '../random.ts';
import type { EventContent } from './event-content.ts';

type Vary = (data: EventContent['data'], random: Random, secret: string) => EventContent['data'];

/** Draws the id of a deal; some CRMs make it of the customer's name. */
const withDeal: Vary = (data, random, secret) => ({
  ...data,
  dealId: random.pick(['d-1', 'd-2', `${secret} 1`]),
});

/** Replaces a count by a running total, as an export of a CRM has it. */
const withTotal: Vary = ({ count: _count, ...data }, random) => ({ ...data, total: random.between(0, 9) });

/** Leaves out which hand-off is answered, or has it answered in another system. */
const withAnotherHandoff: Vary = ({ handoffId: _handoffId, ...data }, random) => ({
  ...data,
  ...(random.chance(0.5) && { handoffId: random.pick(['crm-1', 'crm-2', 'crm-3']) }),
});

const variations: Readonly<Record<string, Vary>> = {
  LeadActivityRecorded: withTotal,
  LeadStageChanged: withDeal,
  LeadOutcomeRecorded: withDeal,
  HandoffAccepted: withAnotherHandoff,
  HandoffRejected: withAnotherHandoff,
};

/**
 * Returns the content of an event with another one of its optional fields, if there is one. It has a source of random
 * numbers of its own, so that a variation doesn't change what comes after it.
 *
 * @param share the probability of a variation
 */
export const varyContent = (
  { type, data }: EventContent,
  share: number,
  random: Random,
  secret: string,
): EventContent => {
  const vary = random.chance(share) && Object.hasOwn(variations, type) ? variations[type] : undefined;
  return { type, data: vary === undefined ? data : vary(data, random, secret) };
};
