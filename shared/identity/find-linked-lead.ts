import { getItems, text } from '../dynamodb/index.ts';
import { identifierKey } from '../keys/index.ts';
import { hashIdentifiers } from './hash-identifiers.ts';
import type { Identifier } from './identities.ts';
import type { IdentitiesProps } from './identities-props.ts';
import { parseLink } from './items.ts';
import { findPerson } from './known.ts';
import { readRecords } from './read-known.ts';

/** The lead that an identifier is linked to. */
interface LinkedLead {
  /** The lead as it is now: the survivor, if the linked one was merged. */
  readonly leadId: string;
  /** The lead of the link. */
  readonly linkedLeadId: string;
  readonly anonymous: boolean;
  /** UTC, ISO 8601. */
  readonly linkedAt: string;
}

/**
 * Finds the lead of an identifier; undefined if it is linked to none.
 *
 * @throws TypeError if `checkIdentifier` refuses it
 */
export const findLinkedLead = async (
  { key, ...props }: Pick<IdentitiesProps, 'client' | 'table' | 'leadsTable' | 'key'>,
  identifier: Identifier,
): Promise<LinkedLead | undefined> => {
  const [{ hash }] = hashIdentifiers(await key(), [identifier]).identifiers;
  const [item] = await getItems(props, [identifierKey(hash)]);
  if (item === undefined) return undefined;
  const { leadId: linkedLeadId, anonymous } = parseLink(item);
  const leadId = findPerson({ records: await readRecords(props, [linkedLeadId]) }, linkedLeadId);
  return { leadId, linkedLeadId, anonymous, linkedAt: text(item, 'linkedAt') };
};
