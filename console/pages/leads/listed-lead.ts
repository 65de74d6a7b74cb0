import type { Answer } from '../../api/call.ts';

export type ListedLead = Answer<'listLeads'>['leads'][number];

/** A lead of the list, with what it is found and sorted by. */
export interface LeadRow extends ListedLead {
  /** Its name as names are sorted. */
  readonly sortName: string;
  /** Its name, company and id as they are searched. */
  readonly searched: string;
}

/** The most characters of each text that is searched: nobody looks for what follows. */
const mostCharacters = 200;

/** Returns a text without letter case and accents, so that `Muñoz` is found by `munoz`. */
export const foldText = (text: string): string =>
  text.slice(0, mostCharacters).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Returns the row of a lead. Its texts are folded once, since ten thousand of them take too long at each key. */
export const toRow = (lead: ListedLead): LeadRow => {
  const sortName = foldText(lead.name ?? lead.leadId);
  return {
    ...lead,
    sortName,
    searched: [sortName, foldText(lead.company ?? ''), lead.leadId.toLowerCase()].join('\n'),
  };
};
