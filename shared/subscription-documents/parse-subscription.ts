import type * as z from 'zod';
import { describeProblems, findJsonProblem, type Problem } from '../../events/index.ts';
import type { Subscription } from '../deliveries/index.ts';
import { orMeant } from '../suggest/index.ts';
import { completeSubscription, subscriptionDocumentSchema } from './schema.ts';

export interface ParseOptions {
  /** Whether a target may be on this machine, as on a local stack. @default false */
  readonly allowLoopback?: boolean;
}

export type ParsedSubscription =
  | { readonly ok: true; readonly subscription: Subscription }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const refuse = (...problems: readonly Problem[]): ParsedSubscription => ({ ok: false, problems });

/** Adds the word that was probably meant. */
const withMeant = (problem: Problem, issue: z.core.$ZodIssue): Problem =>
  issue.code === 'invalid_value'
    ? { ...problem, allowed: orMeant(problem.allowed, String(issue.input), issue.values.map(String)) }
    : problem;

/** Parses a subscription document. Never throws; it finds every problem, not the first alone. */
export const parseSubscription = (
  text: string,
  { allowLoopback = false }: ParseOptions = {},
): ParsedSubscription => {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse({ path: '(the whole)', given: why, allowed: 'JSON' });
  }
  const unusable = findJsonProblem(given);
  if (unusable !== undefined) return refuse(unusable);
  const parsed = subscriptionDocumentSchema.safeParse(given, { jitless: true, reportInput: true });
  if (!parsed.success)
    return refuse(
      ...parsed.error.issues.flatMap((issue) =>
        describeProblems({ issues: [issue] }, given).map((problem) => withMeant(problem, issue)),
      ),
    );
  const { subscription, problems } = completeSubscription(parsed.data, allowLoopback);
  return problems.length > 0 ? refuse(...problems) : { ok: true, subscription };
};
