import type { HashedIdentifiers } from './hash-identifiers.ts';
import { findPerson, type Known, recordOf } from './known.ts';

/**
 * Returns the lead that a payload is about.
 *
 * 1. It is the lead of the strongest identifier that is linked and names a person.
 * 2. If the payload names a person whom nobody knows yet, and an anonymous identifier whose lead is nobody so far, the
 *    person is that lead.
 * 3. If the anonymous identifier belongs to somebody else already, as on a shared computer, the person is a new lead.
 * 4. A payload that names nobody is about the lead of its strongest anonymous identifier.
 *
 * Links never change, so that a repeated payload is about the same lead.
 */
export const chooseLead = ({ identifiers, newLeadId }: HashedIdentifiers, known: Known): string => {
  const linked = identifiers.flatMap(({ hash, anonymous }) => {
    const link = known.links.get(hash);
    return link === undefined ? [] : [{ leadId: link.leadId, anonymous }];
  });
  const named = linked.find(({ anonymous }) => !anonymous);
  if (named !== undefined) return named.leadId;
  const namesNobody = identifiers.every(({ anonymous }) => anonymous);
  if (namesNobody) return linked[0]?.leadId ?? newLeadId;
  const nobodySoFar = linked
    .map(({ leadId }) => findPerson(known, leadId))
    .find((person) => recordOf(known, person).onlyAnonymous && !recordOf(known, person).erased);
  return nobodySoFar ?? newLeadId;
};
