import type { Outcome, StepReport } from './scenario.ts';

const marks = { passed: 'ok  ', skipped: 'skip', failed: 'FAIL' } as const;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1).padStart(6)} s`;

export const stepLine = ({ name, ms, result, saw }: StepReport): string =>
  `${marks[result]} ${seconds(ms)}  ${name}: ${saw}`;

/** Returns the lines at the end, the last with the number of steps that passed. */
export const summaryLines = ({ target, steps }: Outcome, totalMs: number): string[] => {
  const count = (result: StepReport['result']) => steps.filter((step) => step.result === result).length;
  return [
    `End to end on ${target}, ${seconds(totalMs).trim()} in all.`,
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
  ];
};
