import { type Stage, stages, type Tier, tiers } from '../../events/index.ts';

/** A cell of the funnel: a stage and a tier, such as mql/good. */
export type Cell = `${Stage}/${Tier}`;

export interface CellParts {
  readonly stage: Stage;
  readonly tier: Tier;
}

export const buildCell = ({ stage, tier }: CellParts): Cell => `${stage}/${tier}`;

const parts: ReadonlyMap<string, CellParts> = new Map(
  stages.flatMap((stage) => tiers.map((tier) => [buildCell({ stage, tier }), { stage, tier }] as const)),
);

/** Every cell, from the first stage to the last. */
export const cells = [...parts.keys()] as readonly Cell[];

/** Returns the cell that a text names; undefined if it names none. */
export const findCell = (given: string): Cell | undefined => (parts.has(given) ? (given as Cell) : undefined);

export const partsOf = (cell: Cell): CellParts => parts.get(cell) as CellParts;

/** Stands for no cell in the name of a flow: the lead was not in the funnel before, or isn't any more. */
const outside = '-';

/** Returns the name of a flow, such as `mql/good>sql/good`, or `->lead/none` for a lead that entered the funnel. */
export const buildFlow = (from: Cell | undefined, to: Cell | undefined): string =>
  `${from ?? outside}>${to ?? outside}`;

/** Returns the two ends of a flow; undefined for any other text. */
export const parseFlow = (
  given: string,
): { readonly from: Cell | undefined; readonly to: Cell | undefined } | undefined => {
  const [first = '', second = '', ...more] = given.split('>');
  const [from, to] = [findCell(first), findCell(second)];
  const isFlow =
    more.length === 0 &&
    (from !== undefined || first === outside) &&
    (to !== undefined || second === outside) &&
    from !== to;
  return isFlow ? { from, to } : undefined;
};
