import { stringify } from 'csv-stringify/sync';
import { formatPosition } from '../../../shared/ledger/index.ts';
import { printable } from '../../text/printable.ts';
import { quoted } from '../timeline/event-words.ts';
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

/** One line without its end, for people. */
export const transitionWords = (transition: Transition): string => {
  const { occurredAt, leadId, of, from, to, kind, trigger, actor, eventId, modelVersion } = transition;
  const by = actor === undefined ? '' : ` by ${quoted(actor)}`;
  return printable(
    `${occurredAt}  ${leadId}  ${of} ${from ?? '–'} → ${to}  ${kind}, ${trigger}${by}  event ${eventId}, model ${modelVersion}, ${formatPosition(transition)}`,
  );
};

/** Rows with their ends. What would be a formula in a spreadsheet is written as text. */
const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify([...rows], { escape_formulas: true });

export const csvHeading = (): string => csv([columns]);

export const csvRow = (transition: Transition): string =>
  csv([columns.map((name) => transition[name] ?? '')]);
