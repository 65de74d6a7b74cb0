import type { ProblemType } from '../../events/api/index.ts';
import type { Problem } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';

/** A refusal of a webhook, with the reason by which it is counted for its source. */
export class Refusal extends ApiProblem {
  readonly reason: string;
  constructor(
    type: ProblemType,
    detail: string,
    errors: readonly Problem[],
    reason: string = type,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(type, detail, errors, headers);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

/** Returns the answer for a request that storage or the bus didn't take: the sender has to send it again. */
export const unavailable = (): ApiProblem =>
  new ApiProblem('unavailable', 'the webhook was not taken in as a whole; it has to be sent again', [], {
    'retry-after': '5',
  });
