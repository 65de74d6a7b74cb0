interface Named {
  readonly leadId: string;
}

/** Takes items of several lists in turn, so that each has its part, and each lead once. */
export const takeInTurn = <T extends Named>(lists: readonly (readonly T[])[], most: number): readonly T[] => {
  const taken = new Map<string, T>();
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let i = 0; i < longest; i += 1)
    for (const { [i]: item } of lists)
      if (item !== undefined && taken.size < most && !taken.has(item.leadId)) taken.set(item.leadId, item);
  return [...taken.values()];
};
