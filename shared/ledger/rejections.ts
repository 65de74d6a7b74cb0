import type { Rejection } from '../../events/index.ts';
import { largestItem } from '../dynamodb/index.ts';
import type { Merging } from '../lead/index.ts';

export const tooLarge = (what: string, bytes: number): Rejection => ({
  code: 'too-large',
  problems: [{ path: what, given: `${bytes} bytes`, allowed: `at most ${largestItem} bytes` }],
});

/**
 * Returns the rejection of a merge of two leads that are one already: the one that would remain was merged into the
 * other before. Redirections are final: if they led back, no event could find its lead.
 */
export const mergeCycle = ({ data: { leadId, mergedLeadId } }: Merging): Rejection => ({
  code: 'merge-cycle',
  problems: [
    {
      path: 'detail.data.mergedLeadId',
      given: JSON.stringify(mergedLeadId),
      allowed: `another lead: ${leadId} was merged into this one before, so that the two are one already`,
    },
  ],
});

/**
 * Returns the rejection of a merge of two leads of which at least one was erased. The other would have to be erased too,
 * since the two would be one, but whoever may merge leads need not have the right to erase one.
 *
 * @param fields the fields that name an erased lead
 */
export const mergeWithErased = (
  { data }: Merging,
  fields: readonly ('leadId' | 'mergedLeadId')[],
): Rejection => ({
  code: 'merge-with-erased',
  problems: fields.map((field) => ({
    path: `detail.data.${field}`,
    given: JSON.stringify(data[field]),
    allowed:
      'a lead that was not erased. Merged with it, the other lead would be erased too, which only a LeadErasureRequested may do',
  })),
});

export const unknownLead = (leadId: string): Rejection => ({
  code: 'unknown-lead',
  problems: [
    { path: 'detail.data.leadId', given: JSON.stringify(leadId), allowed: 'a lead that has been scored' },
  ],
});
