import type { HashedIdentifier } from './hash-identifiers.ts';

/** Identifiers that were linked to a lead at once: the content of a `LeadIdentified`. */
export interface LinkNews {
  readonly leadId: string;
  readonly at: string;
  readonly source: string;
  readonly identifiers: readonly Pick<HashedIdentifier, 'type' | 'hash'>[];
}

/** A lead that was merged into another: the content of a `LeadsMerged`. */
export interface MergeNews {
  readonly leadId: string;
  readonly mergedLeadId: string;
  readonly at: string;
  readonly source: string;
}

/** A link: the identifier belongs to this lead for good. */
export interface Link {
  readonly leadId: string;
  readonly anonymous: boolean;
  /** The other lead with which an anonymous identifier has brought this one's person together. */
  readonly met?: string;
  /** The news of the link, as long as the bus may not have taken them. */
  readonly news?: LinkNews;
}

/** The record of a lead that has identifiers. A lead without one was never linked, and may be known by other doors. */
export interface LeadRecord {
  /** True as long as nothing but anonymous identifiers is known of the lead. */
  readonly onlyAnonymous: boolean;
  /** True as long as a single id of a tool is all that names the lead, so that it may be somebody who is known already. */
  readonly onlyId: boolean;
  readonly erased: boolean;
  readonly mergedInto?: string;
  readonly news?: MergeNews;
}

export const pairStatuses = ['suggested', 'merged', 'dismissed'] as const;
export type PairStatus = (typeof pairStatuses)[number];

/** The knowledge of identifiers and leads that a decision is based on. */
export interface Known {
  /** The links by hash. An identifier that isn't linked has none. */
  readonly links: ReadonlyMap<string, Link>;
  readonly records: ReadonlyMap<string, LeadRecord>;
  /** The statuses of pairs, by their sort keys. */
  readonly pairs: ReadonlyMap<string, PairStatus>;
}

const noRecord: LeadRecord = { onlyAnonymous: false, onlyId: false, erased: false };

export const recordOf = ({ records }: Pick<Known, 'records'>, leadId: string): LeadRecord =>
  records.get(leadId) ?? noRecord;

/** Returns the lead that a lead has become by merges: itself, if it was never merged. */
export const findPerson = (known: Pick<Known, 'records'>, leadId: string): string => {
  const passed = new Set<string>();
  let at = leadId;
  for (;;) {
    const { mergedInto } = recordOf(known, at);
    if (mergedInto === undefined || passed.has(mergedInto)) return at;
    passed.add(at);
    at = mergedInto;
  }
};
