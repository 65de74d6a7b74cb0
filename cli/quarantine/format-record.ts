import { isNestedDeeper, parseJson } from '../../events/index.ts';
import type { QuarantineRecord, QuarantineStep } from '../../shared/quarantine/index.ts';
import { heading, type Line, verbatim } from '../output/line.ts';
import { formatJson } from '../output/printable.ts';
import { alignedRows } from '../text/table.ts';
import { parseExactly } from './parse-exactly.ts';

/** The most levels that are indented. No contract nests deeper, and each level widens every line below it. */
const mostLevels = 10;

/** Returns JSON as indented lines. Any other text is one line, and so is JSON that would become many times longer. */
const formatBody = (text: string): Line[] => {
  const value = parseJson(text);
  if (value === undefined || isNestedDeeper(value, mostLevels)) return [verbatim(text)];
  return formatJson(parseExactly(text), 2).split('\n').map(verbatim);
};

const stepTexts = {
  replayed: 'replayed it',
  corrected: 'replayed a corrected event in its place',
  discarded: 'discarded it',
  redacted: 'redacted it: the lead was erased when it came',
  erased: 'erased it with its lead',
} as const;

const formatStep = ({ step, actor, at, note, corrected }: QuarantineStep): string => {
  const after =
    corrected === undefined ? '' : `; if that one is rejected, its id is ${corrected.id.slice(0, 12)}`;
  return `  ${at}  ${actor} ${stepTexts[step]}${note === undefined ? '' : `: ${note}`}${after}`;
};

const formatArrivals = ({ times, receivedAt, lastReceivedAt }: QuarantineRecord): string =>
  times === 1 ? `once, ${receivedAt}` : `${times} times, first ${receivedAt}, last ${lastReceivedAt}`;

const formatFields = (record: QuarantineRecord): string[] => {
  const { code, status, leadId, mergedLeadId, type, source, eventId, origin, bytes, expiresAt } = record;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['status', status],
    ['code', code],
    ['lead', leadId],
    ['merged lead', mergedLeadId],
    ['type', type],
    ['source', source],
    ['event id', eventId],
    ['came', formatArrivals(record)],
    ['from', origin],
    ['size', bytes === undefined ? undefined : `${bytes} bytes`],
    ['expires', expiresAt],
  ];
  return alignedRows(fields.flatMap(([name, value]) => (value === undefined ? [] : [[`  ${name}`, value]])));
};

const section = (title: string, lines: readonly Line[]): Line[] =>
  lines.length === 0 ? [] : ['', heading(title), ...lines];

/** Returns a quarantined event as lines for people. */
export const formatRecord = (record: QuarantineRecord): Line[] => {
  const { id, reasons, steps, body } = record;
  const corrected = steps.flatMap(({ corrected, at }) =>
    corrected?.text === undefined ? [] : section(`Replayed in its place, ${at}:`, formatBody(corrected.text)),
  );
  return [
    heading(id),
    ...formatFields(record),
    ...section(
      'Why it was rejected:',
      reasons.map((reason) => `  - ${reason}`),
    ),
    ...section('What was done:', steps.map(formatStep)),
    ...section('The event:', body === undefined ? ['(erased)'] : formatBody(body)),
    ...corrected,
  ];
};
