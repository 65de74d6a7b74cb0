import { formatPosition } from '../../shared/ledger/index.ts';
import type { LeadFinding } from './verify-table.ts';

/** Returns a finding as one line: `l-1 3.0 broken-link: … (EVENT#…)`. */
export const formatFinding = (finding: LeadFinding): string => {
  const { leadId, digest, version, ordinal = 0, code, sentence, sk } = finding;
  const position = version === undefined ? [] : [formatPosition({ version, ordinal })];
  const subject = [leadId ?? digest ?? 'anchors', ...position, code].join(' ');
  return `${subject}: ${sentence}${sk === undefined ? '' : ` (${sk})`}`;
};
