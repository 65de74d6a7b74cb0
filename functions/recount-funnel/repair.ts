import {
  type Counted,
  type LeadCount,
  mostLeadsCounted,
  writeCounts,
} from '../../shared/funnel-counts/index.ts';
import { buildVersionEnd } from '../../shared/keys/index.ts';
import type { RecountDeps } from './deps.ts';
import { type ReadLead, readLeads } from './read-leads.ts';

/** A lead that was counted anew, and the cell in which it was before. */
export interface Repaired {
  readonly leadId: string;
  readonly was: Counted | undefined;
  readonly cell: Counted['cell'];
}

export const isCountedRight = ({ cell, counted }: ReadLead): boolean => cell === counted?.cell;

/**
 * Returns what is counted anew of a lead: it stands where its state says, after all entries of its version. An
 * announcement of that version that is still on its way is then no longer later.
 *
 * @param day the day whose flows have it; undefined if it only becomes part of the stock
 */
const buildRepair = ({ leadId, version, cell, counted }: ReadLead, day: string | undefined): LeadCount => ({
  leadId,
  was: counted,
  next: { position: buildVersionEnd(version), cell },
  moves: [{ from: counted?.cell, to: cell, day }],
});

/**
 * Returns whether a lead was counted after the state that was read: the two were read one after the other, and the lead
 * moved between. A lead without a state has nothing to be behind of.
 */
const isBehind = ({ version, counted }: ReadLead): boolean =>
  version > 0 && counted !== undefined && counted.position > buildVersionEnd(version);

/**
 * Returns whether a lead that would only become part of the stock was counted since it was scanned. Announcements count it
 * from then on: only they know the days of its moves.
 */
const wasCountedMeanwhile = ({ counted }: ReadLead, day: string | undefined): boolean =>
  day === undefined && counted !== undefined;

const mostTries = 3;

/** Counts leads anew that are counted wrongly, at most as many as one transaction takes. */
const repairSome = async (
  deps: RecountDeps,
  versions: ReadonlyMap<string, number>,
  day: string | undefined,
  tries = mostTries,
): Promise<Repaired[]> => {
  const leads = await readLeads(deps.client, deps.table, [...versions.keys()]);
  // A lead that has another version now will be announced, and counted by that.
  const wrong = leads.filter(
    (lead) =>
      !isCountedRight(lead) &&
      !isBehind(lead) &&
      !wasCountedMeanwhile(lead, day) &&
      lead.version === versions.get(lead.leadId),
  );
  if (wrong.length === 0) return [];
  if (
    await writeCounts(
      deps,
      wrong.map((lead) => buildRepair(lead, day)),
    )
  )
    return wrong.map(({ leadId, counted, cell }) => ({ leadId, was: counted, cell }));
  return tries > 1 ? repairSome(deps, versions, day, tries - 1) : [];
};

/**
 * Counts leads anew that are still counted wrongly, and whose state is still the one that was read. The rest moves just
 * now; the next recount looks at them again.
 */
export const repairLeads = async (
  deps: RecountDeps,
  leads: readonly ReadLead[],
  day: string | undefined,
): Promise<Repaired[]> => {
  const repaired: Repaired[] = [];
  for (let i = 0; i < leads.length; i += mostLeadsCounted) {
    const some = leads.slice(i, i + mostLeadsCounted);
    repaired.push(
      ...(await repairSome(deps, new Map(some.map(({ leadId, version }) => [leadId, version])), day)),
    );
  }
  return repaired;
};
