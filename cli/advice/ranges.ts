const isLower = (part: string): boolean => part.endsWith('or more') || part.startsWith('more than');

/** The bounds that a label of a range of numbers states, such as "6 or more, below 11". */
const boundsOf = (label: string): { lower: string[]; upper: string[] } => {
  const parts = label === 'any number' ? [] : label.split(', ');
  // A single number is both of its bounds.
  if (parts.length === 1 && /^-?[\d.]+$/.test(parts[0] ?? '')) {
    return { lower: [`${parts[0]} or more`], upper: [`up to ${parts[0]}`] };
  }
  return { lower: parts.filter(isLower), upper: parts.filter((part) => !isLower(part)) };
};

/** Ranges that follow upon each other, as one: "6 or more, below 11" and "11 or more" are "6 or more". */
export const joinRanges = (labels: readonly [string, ...string[]]): string => {
  const [first] = labels;
  const last = labels.at(-1) ?? first;
  if (labels.length === 1) return first;
  return [...boundsOf(first).lower, ...boundsOf(last).upper].join(', ') || 'any number';
};

/** Takes what stands side by side in `all` together. */
export const runsOf = <T>(all: readonly T[], chosen: ReadonlySet<T>): [T, ...T[]][] => {
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
