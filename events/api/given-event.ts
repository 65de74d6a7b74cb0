import type { Problem } from '../problems.ts';

/** An event of a body, or the problem with its line: a line that is no JSON refuses that line alone. */
export type GivenEvent = { readonly event: unknown } | { readonly problem: Problem };
