import type { InboundType, Problem } from '../../events/index.ts';

/** Returns a contract's problem in the mapping's words. */
export const inMapping =
  (path: string, type: InboundType) =>
  (problem: Problem): Problem => ({ ...problem, path: `${path} ${type} ${problem.path}` });

/** Returns problems without repetitions: a wrong value that several events use is one problem. */
export const uniqueProblems = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
