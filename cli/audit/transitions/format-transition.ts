import { stringify } from 'csv-stringify/sync';
import { formatPosition } from '../../../shared/ledger/index.ts';
import { printable } from '../../text/printable.ts';
import { quoted } from '../timeline/describe-event.ts';
import type { Transition } from './transition.ts';

const columns = [
  'occurredAt',
  'leadId',
  'of',
  'from',
  'to',
  'kind',
  'trigger',
  'actor',
  'eventId',
  'modelVersion',
  'version',
  'ordinal',
] as const satisfies readonly (keyof Transition)[];

/** Returns a transition as one line for people, without its line break. */
export const formatTransition = (transition: Transition): string => {
  const { occurredAt, leadId, of, from, to, kind, trigger, actor, eventId, modelVersion } = transition;
  const by = actor === undefined ? '' : ` by ${quoted(actor)}`;
  return printable(
    `${occurredAt}  ${leadId}  ${of} ${from ?? '–'} → ${to}  ${kind}, ${trigger}${by}  event ${eventId}, model ${modelVersion}, ${formatPosition(transition)}`,
  );
};

/** Returns rows as CSV with line breaks. Values that a spreadsheet would read as a formula are escaped. */
const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify([...rows], { escape_formulas: true });

export const formatCsvHeading = (): string => csv([columns]);

export const formatCsvRow = (transition: Transition): string =>
  csv([columns.map((name) => transition[name] ?? '')]);
