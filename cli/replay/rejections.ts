import { parseEntry, withoutWhole } from '../../shared/entries/index.ts';
import { computeQuarantineId, createDynamoDbQuarantineAdmin } from '../../shared/quarantine/index.ts';
import type { FileEntry } from '../entries/read-entries.ts';
import type { RunningStack } from '../stack/run-stack.ts';

/** A quarantined event with its position, as one of the first of its kind. */
export interface RejectedEntry {
  readonly file: string;
  readonly line: number;
  /** Its place in a list of events, from 1. */
  readonly item?: number;
  readonly reasons: readonly string[];
}

/** The quarantined events of one code and, if they are malformed, of one field. */
export interface RejectionGroup {
  readonly code: string;
  /** The field that the first reason names. */
  readonly field?: string;
  readonly count: number;
  /** The first of them, in the order of the files. */
  readonly first: readonly RejectedEntry[];
}

/** Why events of a run were quarantined. */
export interface Rejections {
  readonly byCode: Readonly<Record<string, number>>;
  /** The most frequent first. */
  readonly reasons: readonly RejectionGroup[];
}

interface OpenGroup {
  readonly code: string;
  readonly field?: string;
  count: number;
  readonly first: RejectedEntry[];
}

/** The most groups; events of further fields are counted by their code. */
export const mostGroups = 100;

/** The most events of a group that are shown. */
export const mostShown = 3;

/** Returns the field that a reason names, without the indexes of lists. */
export const findField = (code: string, [reason = '']: readonly string[]): string | undefined =>
  code === 'malformed' ? /^(\S+): given /.exec(reason)?.[1]?.replaceAll(/\[\d+\]/g, '') : undefined;

class Groups {
  readonly #groups = new Map<string, OpenGroup>();
  readonly #byId = new Map<string, OpenGroup>();

  add(id: string, code: string, reasons: readonly string[], times: number): void {
    const field = this.#groups.size < mostGroups ? findField(code, reasons) : undefined;
    const key = JSON.stringify([code, field]);
    const group = this.#groups.get(key) ?? {
      code,
      ...(field !== undefined && { field }),
      count: 0,
      first: [],
    };
    group.count += times;
    this.#groups.set(key, group);
    this.#byId.set(id, group);
  }

  /** Returns the group of a quarantined event, if more of its events are to be shown. */
  findOpen(id: string): OpenGroup | undefined {
    const group = this.#byId.get(id);
    return group !== undefined && group.first.length < Math.min(mostShown, group.count) ? group : undefined;
  }

  get areFull(): boolean {
    return this.list().every(({ count, first }) => first.length >= Math.min(mostShown, count));
  }

  list(): OpenGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  }
}

const computeId = (entry: FileEntry, now: number): string => {
  const parsed = parseEntry(entry, now);
  return computeQuarantineId(entry.text, parsed.kind === 'entry' ? parsed.event : undefined);
};

/**
 * Groups the events that a run quarantined by their reasons, and finds the first of each group in the files: an event
 * that the functions rejected is known by its content.
 *
 * @param entries the events that were fed, in the order of the files
 */
export const groupRejections = async (
  { client, quarantineTable, stack }: RunningStack,
  entries: AsyncIterable<FileEntry> | Iterable<FileEntry>,
): Promise<Rejections> => {
  const admin = createDynamoDbQuarantineAdmin(client, quarantineTable);
  const groups = new Groups();
  const byCode: Record<string, number> = {};
  for await (const { id, code, reasons, times } of admin.list({})) {
    groups.add(id, code, reasons, times);
    byCode[code] = (byCode[code] ?? 0) + times;
  }
  if (!groups.areFull) {
    for await (const entry of entries) {
      const id = computeId(entry, stack.now());
      const group = groups.findOpen(id);
      if (group === undefined) continue;
      const { file, number: line, item } = entry;
      const reasons = (await admin.read(id))?.reasons ?? [];
      group.first.push({
        file,
        line,
        ...(item !== undefined && { item }),
        reasons: reasons.map(withoutWhole),
      });
      if (groups.areFull) break;
    }
  }
  return { byCode, reasons: groups.list() };
};
