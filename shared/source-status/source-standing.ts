import { hourMs } from '../../events/index.ts';
import type { SourceDocument } from '../sources/index.ts';
import type { SourceStatus } from './source-status.ts';

/** The part of a source document that says what to expect of it. */
type Expected = Pick<SourceDocument, 'name' | 'silentAfterHours'>;

/** A source by its document, and by what has come from it. One of the two may be missing. */
export interface SourceStanding<Document extends Expected = SourceDocument> {
  readonly name: string;
  readonly document?: Document;
  readonly status?: SourceStatus;
  /** The milliseconds since it was last heard of; only if its document calls that silent. */
  readonly silentForMs?: number;
}

const measureSilence = (
  document: Expected | undefined,
  status: SourceStatus | undefined,
  now: number,
): { silentForMs?: number } => {
  const { silentAfterHours } = document ?? {};
  const { lastTakenAt } = status ?? {};
  if (silentAfterHours === undefined || lastTakenAt === undefined) return {};
  const silentForMs = now - Date.parse(lastTakenAt);
  return silentForMs > silentAfterHours * hourMs ? { silentForMs } : {};
};

/** Joins source documents and what has come, by name: those too that have sent nothing or have no document. */
export const joinSources = <Document extends Expected>(
  documents: readonly Document[],
  statuses: readonly SourceStatus[],
  now: number,
): readonly SourceStanding<Document>[] => {
  const byName = new Map(documents.map((document) => [document.name, document]));
  const statusOf = new Map(statuses.map((status) => [status.source, status]));
  const names = [...new Set([...byName.keys(), ...statusOf.keys()])].toSorted();
  return names.map((name) => {
    const document = byName.get(name);
    const status = statusOf.get(name);
    return {
      name,
      ...(document !== undefined && { document }),
      ...(status !== undefined && { status }),
      ...measureSilence(document, status, now),
    };
  });
};
