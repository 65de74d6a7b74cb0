import type { Finding } from '../../invariants/evidence.ts';
import { start } from '../load/instants.ts';
import type { Plan } from '../load/plan.ts';
import type { StepReport } from '../scheduler/scheduler.ts';
import type { Outcome } from '../simulate.ts';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Formats the virtual time since the run began. */
const clock = (now: number): string => {
  const seconds = (now - start) / 1_000;
  return `${twoDigits(Math.floor(seconds / 3_600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;
};

/** Formats a step of a run as one line: number, virtual time, actor, call, and what went wrong. */
export const formatStep = ({ step, now, actor, call, fault, error }: StepReport): string =>
  [
    `${String(step).padStart(5)} ${clock(now)} ${actor.padEnd(18)} ${call}`,
    ...(fault === undefined ? [] : [`  ✗ ${fault}`]),
    ...(error === undefined ? [] : [`  → ${error}`]),
  ].join('');

const longestFinding = 2_000;

export const formatFinding = ({ invariant, text }: Finding): string =>
  `  ${invariant}: ${text.length > longestFinding ? `${text.slice(0, longestFinding)}…` : text}`;

const mostFindings = 10;

/** Formats a seed that failed: its findings, and the command that repeats it. */
export const formatFailure = ({ seed, findings }: Outcome): string =>
  [
    `seed ${seed} fails:`,
    ...findings.slice(0, mostFindings).map(formatFinding),
    ...(findings.length > mostFindings ? [`  and ${findings.length - mostFindings} more`] : []),
    `  npm run simulate -- --seed ${seed}`,
  ].join('\n');

/** Formats the plan that a seed has drawn. */
export const formatPlan = ({ rates, seed, ...plan }: Plan): string => {
  const on = Object.entries(rates).filter(([, rate]) => rate > 0);
  return [
    `seed ${seed}: ${JSON.stringify(plan)}`,
    `faults: ${on.map(([kind, rate]) => `${kind} ${(100 * rate).toFixed(0)} %`).join(', ') || 'none'}`,
  ].join('\n');
};
