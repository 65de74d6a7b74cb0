import { type Outcome, outcomes } from '../../events/index.ts';
import type { FieldName, Row } from '../calibration/index.ts';
import type { Customer } from './customer.ts';
import { type Observed, reasonsToLeaveOut, type Task } from './observe-lead.ts';
import { createRowSample } from './sample-rows.ts';

/** Why nothing is learnt from a lead. */
const allReasons = [...reasonsToLeaveOut, 'followed too briefly', 'beyond the sample'] as const;

/** The data that is learnt from. */
export interface DataSet {
  /** Sorted by ascending cut. */
  readonly rows: readonly Row[];
  readonly successes: number;
  /** The number of leads, those included that are left out. */
  readonly leads: number;
  readonly leftOut: Readonly<Record<(typeof allReasons)[number], number>>;
  /** The number of leads that ever had each outcome. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly customers: readonly Customer[];
  /** The fields that leads said at the outcome or later and never before the cut, the most frequent first. */
  readonly saidLater: readonly (FieldName & { readonly leads: number })[];
  /** The end of the data in milliseconds since 1970; undefined if there are no events. */
  readonly end?: number;
}

export interface Gathering {
  readonly add: (observed: Observed) => void;
  readonly finish: () => DataSet;
}

export interface GatherOptions extends Pick<Task, 'withinMs' | 'until'> {
  /** The most rows. */
  readonly most: number;
  readonly seed: number;
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** Counts fields by kind and name. */
const createFieldCounts = () => {
  const counts = new Map<string, FieldName & { readonly leads: number }>();
  return {
    add: ({ kind, name }: FieldName): void => {
      const key = `${kind} ${name}`;
      counts.set(key, { kind, name, leads: (counts.get(key)?.leads ?? 0) + 1 });
    },
    list: () => [...counts.values()].sort((a, b) => b.leads - a.leads || (a.name < b.name ? -1 : 1)),
  };
};

/**
 * Gathers what leads add to the data. Leads whose time to succeed isn't over at the end of the data are left out rather
 * than taken for failures. It ends at the last event, or earlier at the instant that is given: nothing says that there
 * was none between the last event and a later instant. The result doesn't depend on the order.
 *
 * Leads whose time isn't over at the given instant are left out before the sample is drawn; the last event is only known
 * afterwards.
 */
export const createGathering = ({
  withinMs,
  until = Number.POSITIVE_INFINITY,
  most,
  seed,
}: GatherOptions): Gathering => {
  const sample = createRowSample(most, seed);
  const leftOut = zeros(allReasons);
  const counted = zeros(outcomes);
  const customers: Customer[] = [];
  const later = createFieldCounts();
  let leads = 0;
  let lastAt: number | undefined;
  const isOver = ({ at }: Row, end: number): boolean => at + withinMs <= end;
  const leave = (reason: keyof typeof leftOut): void => {
    leftOut[reason]++;
  };
  return {
    add: (observed) => {
      if (observed.row !== undefined || observed.leftOut !== undefined) leads++;
      if (observed.row !== undefined) {
        if (isOver(observed.row, until)) sample.add(observed.row);
        else leave('followed too briefly');
      }
      if (observed.leftOut !== undefined) leave(observed.leftOut);
      if (observed.customer !== undefined) customers.push(observed.customer);
      for (const outcome of observed.outcomes ?? []) counted[outcome]++;
      for (const field of observed.saidLater ?? []) later.add(field);
      if (observed.lastAt !== undefined) lastAt = Math.max(lastAt ?? observed.lastAt, observed.lastAt);
    },
    finish: () => {
      const end = lastAt === undefined ? undefined : Math.min(until, lastAt);
      const drawn = sample.finish();
      const rows = end === undefined ? [] : drawn.rows.filter((row) => isOver(row, end));
      return {
        rows,
        successes: rows.filter(({ outcome }) => outcome).length,
        leads,
        leftOut: {
          ...leftOut,
          'followed too briefly': leftOut['followed too briefly'] + drawn.rows.length - rows.length,
          'beyond the sample': drawn.beyond,
        },
        outcomes: counted,
        customers,
        saidLater: later.list(),
        ...(end !== undefined && { end }),
      };
    },
  };
};
