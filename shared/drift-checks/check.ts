import type { DriftComparison, DriftTally } from '../drift/index.ts';
import { type Item, json, N, number, S, text } from '../dynamodb/index.ts';
import { driftFindingsAttribute, driftKey } from '../keys/index.ts';

/** The earlier checks with which one is compared, by their instants. */
interface DriftReferenceTimes {
  readonly leads?: string;
  readonly outcomes?: string;
}

/** A check for drift, as it is stored. */
export interface DriftCheck {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly modelVersion: string;
  /** The leads that were read, whenever they were last heard of. */
  readonly leadsRead: number;
  readonly tally: DriftTally;
  readonly references: DriftReferenceTimes;
  readonly comparison: DriftComparison;
}

/** The attributes of a check beside its key. Rights are limited to them; see infra/constructs/item-attributes.ts. */
export const checkAttributes = [
  ...['driftModel', 'leadsRead', 'tally', 'references', 'comparison'],
  driftFindingsAttribute,
] as const;

/** Returns the item of a check. */
export const checkItem = ({
  at,
  modelVersion,
  leadsRead,
  tally,
  references,
  comparison,
}: DriftCheck): Item => {
  const { pk, sk } = driftKey(at);
  const findings = comparison.findings.length;
  return {
    pk: S(pk),
    sk: S(sk),
    driftModel: S(modelVersion),
    leadsRead: N(leadsRead),
    tally: S(JSON.stringify(tally)),
    references: S(JSON.stringify(references)),
    comparison: S(JSON.stringify(comparison)),
    ...(findings > 0 && { [driftFindingsAttribute]: N(findings) }),
  };
};

/** Parses the item of a check. @throws UnreadableItemError */
export const parseCheck = (item: Item): DriftCheck => ({
  at: text(item, 'sk'),
  modelVersion: text(item, 'driftModel'),
  leadsRead: number(item, 'leadsRead'),
  tally: json(item, 'tally'),
  references: json(item, 'references'),
  comparison: json(item, 'comparison'),
});
