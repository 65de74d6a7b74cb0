import { outlineProblem, type ProblemType } from '../../events/api/index.ts';
import type { Problem } from '../../events/index.ts';

/**
 * A refusal of a request, which becomes a problem document.
 *
 * @example throw new ApiProblem('not-found', 'there is no lead l-1');
 */
export class ApiProblem extends Error {
  readonly code = 'API_PROBLEM';
  readonly type: ProblemType;
  readonly errors: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;
  /**
   * @param detail a sentence for the caller
   * @param errors the fields at fault, with what was given and what is allowed
   */
  constructor(
    type: ProblemType,
    detail: string,
    errors: readonly Problem[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.type = type;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return outlineProblem(this.type).status;
  }
}
