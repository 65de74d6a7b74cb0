/** The leads that merges make one. */
export interface UnitedLeads {
  /** Notes a merge. Merges are noted in their order: the lead that `merged` is by then becomes part of the other. */
  readonly unite: (leadId: string, merged: string) => void;
  /** Returns the lead that a lead has become by all merges so far; itself if it has no part in any. */
  readonly find: (leadId: string) => string;
  /** Returns all leads that have become part of another one. */
  readonly merged: () => Iterable<string>;
}

export const createUnitedLeads = (): UnitedLeads => {
  const into = new Map<string, string>();
  const find = (leadId: string): string => {
    let survivor = leadId;
    for (let next = into.get(survivor); next !== undefined; next = into.get(survivor)) survivor = next;
    // Shortens the way, so that long chains of merges are followed once.
    for (let at = leadId; at !== survivor; ) {
      const next = into.get(at) as string;
      into.set(at, survivor);
      at = next;
    }
    return survivor;
  };
  return {
    unite: (leadId, merged) => {
      const [survivor, other] = [find(leadId), find(merged)];
      if (survivor !== other) into.set(other, survivor);
    },
    find,
    merged: () => into.keys(),
  };
};
