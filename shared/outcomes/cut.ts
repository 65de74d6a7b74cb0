import { dayMs, type Stage, stages } from '../../events/index.ts';
import type { Parsed } from './parse-outcome-rule.ts';

/** The instant of a lead's life at which it is judged, as in real life: nothing that is said later counts. */
export interface Cut {
  /** The stage that the lead reaches first, or a later one; `created` is its first event. */
  readonly from: Stage | 'created';
  readonly plusMs: number;
}

const mostDays = 3_650;
const allowed = `created or a stage (${stages.join(', ')}), and perhaps +Nd for days after it, as in mql+7d`;

/** Parses a cut such as `mql` or `created+14d`. */
export const parseCut = (text: string): Parsed<Cut> => {
  const [, name = '', days = '0'] = /^([a-z]+)(?:\+(\d{1,4})d)?$/.exec(text) ?? [];
  const from = (['created', ...stages] as const).find((known) => known === name);
  return from === undefined || Number(days) > mostDays
    ? { ok: false, why: `allowed: ${allowed}; at most ${mostDays} days` }
    : { ok: true, value: { from, plusMs: Number(days) * dayMs } };
};

/** Parses a number of days such as `90d`, into milliseconds. */
export const parseDays = (text: string): Parsed<number> => {
  const days = Number(/^(\d{1,4})d$/.exec(text)?.[1]);
  return days >= 1 && days <= mostDays
    ? { ok: true, value: days * dayMs }
    : { ok: false, why: `allowed: a number of days from 1d to ${mostDays}d, such as 90d` };
};

/** Returns a cut as text that `parseCut` reads. */
export const formatCut = ({ from, plusMs }: Cut): string =>
  plusMs === 0 ? from : `${from}+${plusMs / dayMs}d`;
