import { parseInbound } from '../../../events/index.ts';
import { type LeadEvent, leadEventOf } from '../../../shared/lead/index.ts';
import { contentOf } from '../../../shared/ledger/index.ts';
import type { Offer } from '../load/offer.ts';

/** What the product should have made of an event that it takes in. */
export const leadEventIn = ({ entry }: Offer): LeadEvent => {
  const parsed = parseInbound(entry, Date.now());
  if (!parsed.ok) throw new Error(`the load has an event that is refused: ${parsed.rejection.code}`);
  return leadEventOf(parsed.event);
};

/** What its ledger entry should say. */
export const detailOf = (offer: Offer): string => contentOf(leadEventIn(offer)).detail;
