import { formatOrigin } from '../entries/read-entries.ts';
import type { RejectedEntry, RejectionGroup, Rejections } from './rejections.ts';

const formatEntry = ({ line, reasons, ...entry }: RejectedEntry): string =>
  `    ${formatOrigin({ ...entry, number: line })}: ${reasons.join('; ') || 'erased with its lead'}`;

const formatGroup = ({ code, field, count, first }: RejectionGroup): string[] => [
  `  ${count} ${code}${field === undefined ? '' : `, ${field}`}`,
  ...first.map(formatEntry),
  ...(count > first.length ? [`    and ${count - first.length} more`] : []),
];

/** Returns why events were quarantined as lines for people. */
export const formatRejections = ({ reasons }: Rejections): string[] =>
  reasons.length === 0 ? [] : ['Quarantined:', ...reasons.flatMap(formatGroup)];
