import type { ModelDocument } from '../document/model.ts';
import { collectReaders } from '../document/walk.ts';
import { longestWindow } from '../facts.ts';

/** Returns the longest window in which a model counts each activity, in days; infinite if it counts every time. */
export const collectLongestWindows = (document: ModelDocument): ReadonlyMap<string, number> => {
  const windows = new Map<string, number>();
  for (const { reader } of collectReaders(document)) {
    if (!('activity' in reader)) continue;
    const isByDay = 'per' in reader && reader.per === 'day';
    const days = reader.withinDays ?? (isByDay ? longestWindow : Number.POSITIVE_INFINITY);
    windows.set(reader.activity, Math.max(days, windows.get(reader.activity) ?? 0));
  }
  return windows;
};
