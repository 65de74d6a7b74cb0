import {
  type CellPart,
  type CountedFigure,
  countedFigures,
  figureOutlines,
  moveEnds,
  moveStarts,
} from '../../../events/api/index.ts';
import { type Stage, stages, type Tier, tiers } from '../../../events/index.ts';
import { hrefOf, route } from '../../app/route.ts';
import type { Flow } from './flows.ts';

/** A figure of the page, with the parts of its cell. A part that is left out stands for all. */
export interface Counted {
  readonly figure: CountedFigure;
  readonly before?: Flow['from'];
  readonly after?: Flow['to'];
  readonly tier?: Tier;
  readonly stage?: Stage;
  readonly queue?: string;
}

/** Writes a figure as it is in the address, such as `moved.lead.mql.good`, or `won` for all tiers. */
export const writeCounted = (counted: Counted): string =>
  [counted.figure, ...figureOutlines[counted.figure].parts.map((part) => counted[part] ?? '')]
    .join('.')
    .replace(/\.+$/, '');

const known: Readonly<Record<Exclude<CellPart, 'queue'>, readonly string[]>> = {
  before: moveStarts,
  after: moveEnds,
  tier: tiers,
  stage: stages,
};

const isKnown = (part: CellPart, value: string): boolean =>
  value === '' || part === 'queue' || known[part].includes(value);

/** Reads a figure from the address; undefined if it names none, or a cell that there isn't. */
export const parseCounted = (text: string): Counted | undefined => {
  const [name, ...values] = text.split('.');
  const figure = countedFigures.find((each) => each === name);
  if (figure === undefined) return undefined;
  const { parts } = figureOutlines[figure];
  // The name of a queue, which is the only part of its figures, may have points.
  const cell = parts.length === 1 ? [values.join('.')] : values;
  const given = parts.map((part, i) => [part, cell[i] ?? ''] as const);
  if (cell.length > parts.length || !given.every(([part, value]) => isKnown(part, value))) return undefined;
  return { figure, ...Object.fromEntries(given.filter(([, value]) => value !== '')) };
};

/** Returns the address of this page with the leads of a figure listed. */
export const hrefOfCounted = (counted: Counted): string =>
  hrefOf('funnel', { ...Object.fromEntries(route.value.query), list: writeCounted(counted) });

/** Returns the figure whose leads are listed; undefined if none is chosen. */
export const readCounted = (): Counted | undefined => parseCounted(route.value.query.get('list') ?? '');
