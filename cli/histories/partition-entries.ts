import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rejection } from '../../events/index.ts';
import { type FileEntry, readEntries } from '../entries/read-entries.ts';
import { checkEvent } from './check-event.ts';
import {
  type CheckedPartition,
  type CheckProps,
  rejectedFile,
  type StoredRejection,
} from './check-partition.ts';
import { findLeadId } from './find-lead-id.ts';
import { LineWriter } from './line-writer.ts';
import { makePartitionFolder } from './partition-folder.ts';
import { formatRawEntry, leadIdOfRawLine, toFileEntry } from './raw-line.ts';
import { readLines } from './read-lines.ts';
import { defaultThreads, runOnPartitions } from './run-on-partitions.ts';
import { noSpan, widenSpan } from './span.ts';
import { ThreadPool } from './thread-pool.ts';
import { createUnitedLeads, type UnitedLeads } from './united-leads.ts';

export interface PartitionEntriesProps {
  /** @default as many as it takes for partitions that are small in memory */
  readonly partitions?: number | undefined;
  /** @default the number of cores, at most 8 */
  readonly threads?: number | undefined;
  /** The clock, in milliseconds since 1970; an event more than 5 minutes ahead of it is rejected. */
  readonly now: number;
  /** Whether of two copies of an event, of which one is history, the other counts. @default the first in the files */
  readonly prefersLive?: boolean | undefined;
  /** Called with each entry that is rejected, in no order. */
  readonly onRejected?: ((entry: FileEntry, rejection: Rejection) => void) | undefined;
}

/** The checked events of files in temporary files by lead: all events of a lead are in one of them. */
export interface Partitions {
  readonly files: readonly string[];
  readonly folder: string;
  readonly counts: {
    /** The entries that were read. */
    readonly received: number;
    readonly rejected: number;
    /** The events that were there before with the same content. */
    readonly duplicates: number;
  };
  /** The instants of the first and the last event, in milliseconds since 1970; undefined if there is none. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** The position of the last event. */
  readonly last: FileEntry | undefined;
  /** The instant of the last event that is history; undefined if none is. */
  readonly lastHistoryAt: number | undefined;
  /** The threads that have checked the events. */
  readonly pool: ThreadPool;
  /** Removes the files, which hold personal data, and ends the threads. Files are also removed when the process ends. */
  readonly remove: () => void;
}

/** The size of a partition that one thread holds in memory, in bytes. */
const partitionBytes = 4 * 1024 * 1024;

/** Below this size in bytes, starting threads takes longer than working in one. */
const smallBytes = 2 * 1024 * 1024;

const mostPartitions = 1_024;

/** The partitions of input whose size isn't known, such as that of a pipe: enough for a gigabyte. */
const partitionsOfPipe = 64;

/** The most characters of all partitions together that wait in memory to be written. */
const mostWaiting = 32 * 1024 * 1024;

const choosePartitions = async (files: readonly string[], threads: number): Promise<number> => {
  const sizes = await Promise.all(
    files.map((file) =>
      file === '-'
        ? undefined
        : stat(file).then(
            (stats) => (stats.isFile() ? stats.size : undefined),
            () => 0,
          ),
    ),
  );
  if (sizes.includes(undefined)) return partitionsOfPipe;
  const bytes = sizes.reduce<number>((sum, size = 0) => sum + size, 0);
  if (bytes <= smallBytes) return 1;
  return Math.min(mostPartitions, Math.max(2 * threads, Math.ceil(bytes / partitionBytes)));
};

/** Returns a whole number that depends on a lead id alone. */
const hashLeadId = (leadId: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < leadId.length; i++) hash = Math.imul(hash ^ leadId.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

interface Layout {
  readonly files: readonly string[];
  readonly find: (leadId: string) => string;
}

const createLayout = (folder: string, partitions: number): Layout => {
  const files = Array.from({ length: partitions }, (_, i) => join(folder, `${i}.jsonl`));
  for (const file of files) writeFileSync(file, '', { mode: 0o600 });
  return { files, find: (leadId) => files[hashLeadId(leadId) % partitions] as string };
};

interface Distributed {
  readonly received: number;
  readonly rejected: number;
  readonly united: UnitedLeads;
}

const mayBeMerge = (text: string): boolean => text.includes('LeadsMerged') || text.includes('\\u');

/** Writes each entry to the partition of the lead that it names. Only merges are checked here. */
const distribute = async (
  files: readonly string[],
  layout: Layout,
  { now, onRejected }: PartitionEntriesProps,
): Promise<Distributed> => {
  const writer = new LineWriter(Math.min(64 * 1024, mostWaiting / layout.files.length));
  const united = createUnitedLeads();
  const places = new Map(files.map((file, i) => [file, i]));
  let received = 0;
  let rejected = 0;
  for await (const entry of readEntries(files)) {
    const number = received++;
    const { text, file, number: line, item = 0 } = entry;
    let leadId = entry.problem === undefined ? findLeadId(text) : undefined;
    if (leadId === undefined || mayBeMerge(text)) {
      const checked = checkEvent(entry, now);
      if (!checked.ok) {
        rejected++;
        onRejected?.(entry, checked.rejection);
        continue;
      }
      const { event } = checked;
      ({ leadId } = event.data);
      if (event.type === 'LeadsMerged') united.unite(leadId, event.data.mergedLeadId);
    }
    const origin = [places.get(file) ?? 0, line, item] as const;
    writer.write(layout.find(leadId), formatRawEntry({ number, leadId, origin, text }));
  }
  writer.flush();
  return { received, rejected, united };
};

/** Returns the leads that became part of a lead of another partition, by the partition in which their entries are. */
const listLeaving = ({ find }: Layout, united: UnitedLeads): Map<string, Map<string, string>> => {
  const leaving = new Map<string, Map<string, string>>();
  for (const leadId of united.merged()) {
    const [from, to] = [find(leadId), find(united.find(leadId))];
    if (from === to) continue;
    const leads = leaving.get(from) ?? new Map<string, string>();
    leaving.set(from, leads.set(leadId, to));
  }
  return leaving;
};

const moveLines = (writer: LineWriter, from: string, findTarget: (line: string) => string): void => {
  for (const line of readLines(from)) writer.write(findTarget(line), line);
  writer.flush();
  rmSync(from);
};

/** Moves the entries of leads that became part of a lead of another partition there. */
const moveUnited = (layout: Layout, united: UnitedLeads): void => {
  const writer = new LineWriter(64 * 1024);
  const arrivals = (partition: string): string => `${partition}.arrivals`;
  const leaving = listLeaving(layout, united);
  for (const [from, leads] of leaving) {
    const rest = `${from}.rest`;
    writeFileSync(rest, '', { mode: 0o600 });
    moveLines(writer, from, (line) => {
      const to = leads.get(leadIdOfRawLine(line));
      return to === undefined ? rest : arrivals(to);
    });
    renameSync(rest, from);
  }
  const targets = new Set([...leaving.values()].flatMap((leads) => [...leads.values()]));
  for (const to of targets) if (existsSync(arrivals(to))) moveLines(writer, arrivals(to), () => to);
};

/** Tells the caller of the entries that were rejected in threads. */
const reportRejections = (
  partition: string,
  files: readonly string[],
  onRejected: (entry: FileEntry, rejection: Rejection) => void,
): void => {
  for (const line of readLines(rejectedFile(partition))) {
    const { raw, rejection } = JSON.parse(line) as StoredRejection;
    onRejected(toFileEntry(raw, files), rejection);
  }
};

/**
 * Reads files of events once, checks every entry as `replay` does, leaves out exact duplicates, and writes the events to
 * temporary files by lead, so that memory is bounded by a partition and not by the files. Leads that merges make one are
 * in one partition. `-` is standard input.
 *
 * @example
 * const partitions = await partitionEntries(files, { now: Date.now() });
 * try {
 *   for await (const part of runOnPartitions(module, partitions, props)) add(part);
 * } finally {
 *   partitions.remove();
 * }
 *
 * @throws CliError if a file can't be read
 */
export const partitionEntries = async (
  files: readonly string[],
  props: PartitionEntriesProps,
): Promise<Partitions> => {
  const { threads = defaultThreads(), onRejected } = props;
  const { folder, remove: removeFolder } = makePartitionFolder();
  const pool = new ThreadPool(threads);
  const remove = (): void => {
    void pool.end();
    removeFolder();
  };
  try {
    const layout = createLayout(folder, props.partitions ?? (await choosePartitions(files, threads)));
    const distributed = await distribute(files, layout, props);
    moveUnited(layout, distributed.united);
    let { rejected } = distributed;
    let duplicates = 0;
    let span = noSpan;
    const module = new URL('./check-partition.ts', import.meta.url);
    const checks = runOnPartitions<CheckProps, CheckedPartition>(
      module,
      { files: layout.files, pool },
      { now: props.now, prefersLive: props.prefersLive },
    );
    let next = 0;
    for await (const checked of checks) {
      const partition = layout.files[next++] as string;
      rejected += checked.rejected;
      duplicates += checked.duplicates;
      span = widenSpan(span, checked.span);
      if (checked.rejected === 0) continue;
      if (onRejected !== undefined) reportRejections(partition, files, onRejected);
      rmSync(rejectedFile(partition));
    }
    return {
      files: layout.files,
      folder,
      counts: { received: distributed.received, rejected, duplicates },
      ...span,
      last: span.last && toFileEntry({ origin: span.last, text: '' }, files),
      pool,
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
};
