import { findJsonProblem, isNestedDeeper, parseJson } from '../../events/index.ts';
import type { QuarantineRecord, QuarantineStep } from '../../shared/quarantine/index.ts';
import { printable } from '../text/printable.ts';
import { alignedRows } from '../text/table.ts';

/** The most levels that are indented. No contract nests deeper, and each level widens every line below it. */
const mostLevels = 10;

/**
 * Returns JSON indented. Any other text stays as it is, and so does JSON that would become many times longer, or that
 * has a number which would be written as another one.
 */
const indentJson = (text: string): string => {
  const value = parseJson(text);
  if (value === undefined || isNestedDeeper(value, mostLevels) || findJsonProblem(value) !== undefined)
    return text;
  return JSON.stringify(value, undefined, 2);
};

/** Returns JSON indented and any other text as it is, without characters that could control a terminal. */
const formatBody = (text: string): string => indentJson(text).split('\n').map(printable).join('\n');

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
  return `  ${at}  ${printable(actor)} ${stepTexts[step]}${note === undefined ? '' : `: ${printable(note)}`}${after}`;
};

const formatArrivals = ({ times, receivedAt, lastReceivedAt }: QuarantineRecord): string =>
  times === 1 ? `once, ${receivedAt}` : `${times} times, first ${receivedAt}, last ${lastReceivedAt}`;

const formatFields = (record: QuarantineRecord): string[] => {
  const { code, status, leadId, type, source, eventId, origin, bytes, expiresAt } = record;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['status', status],
    ['code', code],
    ['lead', leadId],
    ['type', type],
    ['source', source],
    ['event id', eventId],
    ['came', formatArrivals(record)],
    ['from', origin],
    ['size', bytes === undefined ? undefined : `${bytes} bytes`],
    ['expires', expiresAt],
  ];
  return alignedRows(
    fields.flatMap(([name, value]) => (value === undefined ? [] : [[`  ${name}`, printable(value)]])),
  );
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** Returns a quarantined event as lines for people. */
export const formatRecord = (record: QuarantineRecord): string[] => {
  const { id, reasons, steps, body } = record;
  const corrected = steps.flatMap(({ corrected, at }) =>
    corrected?.text === undefined
      ? []
      : section(`Replayed in its place, ${at}:`, [formatBody(corrected.text)]),
  );
  return [
    id,
    ...formatFields(record),
    ...section(
      'Why it was rejected:',
      reasons.map((reason) => `  - ${printable(reason)}`),
    ),
    ...section('What was done:', steps.map(formatStep)),
    ...section('The event:', [body === undefined ? '(erased)' : formatBody(body)]),
    ...corrected,
  ];
};
