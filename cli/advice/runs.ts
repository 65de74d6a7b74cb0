/**
 * Groups the chosen items that stand side by side in the list.
 *
 * @example
 * findRuns([1, 2, 3, 4], new Set([1, 2, 4])); // [[1, 2], [4]]
 */
export const findRuns = <T>(all: readonly T[], chosen: ReadonlySet<T>): [T, ...T[]][] => {
  const runs: [T, ...T[]][] = [];
  let open: [T, ...T[]] | undefined;
  for (const item of all) {
    if (!chosen.has(item)) open = undefined;
    else if (open === undefined) {
      open = [item];
      runs.push(open);
    } else open.push(item);
  }
  return runs;
};
