import { placeWords } from '../../shared/ledger/index.ts';
import type { LeadFinding } from './verify-table.ts';

const placeOf = ({ version, ordinal = 0 }: LeadFinding): string[] =>
  version === undefined ? [] : [placeWords({ version, ordinal })];

/** `l-1 3.0 edited: … (EVENT#…)` */
export const findingWords = (finding: LeadFinding): string => {
  const { leadId, digest, code, sentence, sk } = finding;
  const subject = [leadId ?? digest ?? 'anchors', ...placeOf(finding), code].join(' ');
  return `${subject}: ${sentence}${sk === undefined ? '' : ` (${sk})`}`;
};
