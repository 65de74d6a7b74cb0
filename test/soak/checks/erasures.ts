import { isErased, isSecondEntry } from '../../../shared/ledger/index.ts';
import { leadOf } from '../load/offer.ts';
import type { Finding } from './finding.ts';
import type { Settled } from './settled.ts';
import { endOf, type LeadItems, type Stored, stateOf } from './stored.ts';

/** Of a lead that is erased nothing may be left but that it was there. */
const checkLead = ({ leadId: about, entries, handoffs, state, nurture }: LeadItems): Finding[] => {
  const telling = entries.filter(
    (item) => !isErased(item) && !isSecondEntry(item) && item.type?.S !== 'LeadErasureRequested',
  );
  const wrong = [
    ...(telling.length > 0 ? [`${telling.length} entries still tell something`] : []),
    ...(state?.facts === undefined ? [] : ['its state has facts']),
    ...(nurture?.track === undefined ? [] : ['it is on a nurture track']),
    ...(handoffs.some(({ status }) => status?.S !== 'erased') ? ['a hand-off still tells something'] : []),
  ];
  return wrong.map((sentence) => ({ invariant: 'I10', about, sentence }));
};

const statusAtEnd = (stored: Stored, leadId: string): string | undefined => {
  const end = endOf(stored, leadId);
  return end && stateOf(end)?.status;
};

/** I10, as far as it can be seen in the tables: who asked to be erased is, with all that was merged into them. */
export const checkErasures = (stored: Stored, settled: readonly Settled[]): Finding[] => {
  const gone = [...stored.leads.values()].filter(({ leadId }) => statusAtEnd(stored, leadId) === 'erased');
  const asked = settled
    .map(({ event }) => event.offer)
    .filter(({ entry }) => entry['detail-type'] === 'LeadErasureRequested')
    .map(leadOf);
  const forgotten = asked.filter((leadId) => statusAtEnd(stored, leadId) !== 'erased');
  const ofGone = new Set(gone.map(({ leadId }) => leadId));
  const quarantined = stored.quarantined.filter(({ leadId }) => leadId !== undefined && ofGone.has(leadId));
  return [
    ...gone.flatMap(checkLead),
    ...forgotten.map((about) => ({ invariant: 'I10', about, sentence: 'was to be erased and is not' })),
    ...quarantined.map(({ id }) => ({
      invariant: 'I10',
      about: `quarantined ${id}`,
      sentence: 'is of a lead that was erased, and still tells something',
    })),
  ];
};
