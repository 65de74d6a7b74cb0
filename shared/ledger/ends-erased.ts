/** The part of a stored lead that shows whether it is closed, and how. */
export interface StoredStatus {
  readonly status: string;
  /** The lead that it was merged into, if it was. */
  readonly mergedInto?: string;
}

/**
 * Returns whether a lead is erased, or merged, directly or not, into one that is. Only the stored states count: an
 * erasure closes a lead before it touches anything else.
 */
export const endsErased = async (
  read: (leadId: string) => Promise<StoredStatus | undefined>,
  leadId: string,
): Promise<boolean> => {
  const seen = new Set<string>();
  for (let at: string | undefined = leadId; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const lead: StoredStatus | undefined = await read(at);
    if (lead?.status === 'erased') return true;
    at = lead?.mergedInto;
  }
  return false;
};
