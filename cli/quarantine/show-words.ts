import type { QuarantineRecord, QuarantineStep } from '../../shared/quarantine/index.ts';
import { printable } from '../text/printable.ts';
import { alignedRows } from '../text/table.ts';

const spread = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
};

/** JSON set out to be read, anything else as it is; but nothing that could steer a terminal. */
const setOut = (text: string): string => spread(text).split('\n').map(printable).join('\n');

const doneWords = {
  replayed: 'replayed it',
  corrected: 'replayed a corrected event in its place',
  discarded: 'discarded it',
  redacted: 'redacted it: the lead was erased when it came',
  erased: 'erased it with its lead',
} as const;

const stepLine = ({ step, actor, at, note, corrected }: QuarantineStep): string => {
  const after =
    corrected === undefined ? '' : `; rejected again, that one would be ${corrected.id.slice(0, 12)}`;
  return `  ${at}  ${printable(actor)} ${doneWords[step]}${note === undefined ? '' : `: ${printable(note)}`}${after}`;
};

const cameWords = ({ times, receivedAt, lastReceivedAt }: QuarantineRecord): string =>
  times === 1 ? `once, ${receivedAt}` : `${times} times, first ${receivedAt}, last ${lastReceivedAt}`;

const fieldRows = (record: QuarantineRecord): string[] => {
  const { code, status, leadId, type, source, eventId, origin, bytes, expiresAt } = record;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['status', status],
    ['code', code],
    ['lead', leadId],
    ['type', type],
    ['source', source],
    ['event id', eventId],
    ['came', cameWords(record)],
    ['from', origin],
    ['size', bytes === undefined ? undefined : `${bytes} bytes`],
    ['kept until', expiresAt],
  ];
  return alignedRows(
    fields.flatMap(([name, value]) => (value === undefined ? [] : [[`  ${name}`, printable(value)]])),
  );
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** A quarantined event for people. */
export const showInWords = (record: QuarantineRecord): string[] => {
  const { id, reasons, steps, body } = record;
  const corrected = steps.flatMap(({ corrected, at }) =>
    corrected?.text === undefined ? [] : section(`Replayed in its place, ${at}:`, [setOut(corrected.text)]),
  );
  return [
    id,
    ...fieldRows(record),
    ...section(
      'Why it was rejected:',
      reasons.map((reason) => `  - ${printable(reason)}`),
    ),
    ...section('What was done:', steps.map(stepLine)),
    ...section('The event:', [body === undefined ? '(erased)' : setOut(body)]),
    ...corrected,
  ];
};
