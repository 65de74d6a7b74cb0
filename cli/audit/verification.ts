import { formatCount } from '../text/format-count.ts';
import { type Days, listDaysWithoutAnchors } from './days-without-anchors.ts';
import type { AnchorsRead } from './read-anchors.ts';
import type { Verified } from './verify-table.ts';

/** The result of verifying leads. */
export interface Verification extends Verified {
  /** Undefined if the anchors were not read. */
  readonly anchors: AnchorsRead | undefined;
}

/** The numbers of a verification, for programs. Those of anchors are left out if these were not read. */
export interface VerificationSummary {
  readonly leads: number;
  readonly entries: number;
  readonly findings: number;
  readonly anchorRuns?: number;
  /** The leads that at least one anchor is of. */
  readonly anchoredLeads?: number;
  readonly daysWithoutAnchors?: readonly Days[];
}

export const summarize = (
  { leads, entries, anchored, anchors }: Verification,
  findings: number,
  now: number,
): VerificationSummary => ({
  leads,
  entries,
  findings,
  ...(anchors && {
    anchorRuns: anchors.runs.length,
    anchoredLeads: anchored,
    daysWithoutAnchors: listDaysWithoutAnchors(anchors.runs, now),
  }),
});

const formatDays = ({ from, to }: Days): string => (from === to ? from : `${from} to ${to}`);

const formatAnchors = (summary: VerificationSummary): string => {
  const { leads, anchorRuns, anchoredLeads = 0, daysWithoutAnchors = [] } = summary;
  if (anchorRuns === undefined) return 'The anchors were not read.';
  if (anchorRuns === 0) return 'There are no anchors to check them against.';
  const days = daysWithoutAnchors.map(formatDays).join(', ');
  return (
    `Checked against the anchors of ${formatCount(anchorRuns, 'run')}, ` +
    `which include ${anchoredLeads} of ${formatCount(leads, 'lead')}.` +
    (days === '' ? '' : ` Days without anchors: ${days}.`)
  );
};

/** Returns a summary as one line. */
export const formatSummary = (summary: VerificationSummary): string => {
  const { leads, entries, findings } = summary;
  return `${formatCount(leads, 'lead')} with ${formatCount(entries, 'entry', 'entries')}: ${formatCount(findings, 'finding')}. ${formatAnchors(summary)}`;
};
