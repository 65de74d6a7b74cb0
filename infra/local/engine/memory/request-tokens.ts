import { isDeepStrictEqual } from 'node:util';
import { mismatch } from './errors.ts';

interface TokenInput {
  readonly ClientRequestToken?: string;
}

interface Answered {
  readonly input: TokenInput;
  readonly answer: object;
  readonly at: number;
}

/** The time in which a token stands for one request. */
const longestMs = 10 * 60_000;

/**
 * Returns a transaction that happens once for each token: the same request again gets the answer of the first. A
 * refused one doesn't use up its token.
 */
export const oncePerToken = (
  run: (input: never) => object,
  now: () => number = Date.now,
): ((input: TokenInput) => object) => {
  const answered = new Map<string, Answered>();
  const forgetOld = (): void => {
    // The oldest ones come first.
    for (const [token, { at }] of answered) {
      if (at > now() - longestMs) return;
      answered.delete(token);
    }
  };
  return (input) => {
    const { ClientRequestToken: token } = input;
    if (token === undefined) return run(input as never);
    forgetOld();
    const earlier = answered.get(token);
    if (earlier !== undefined) {
      if (isDeepStrictEqual(earlier.input, input)) return earlier.answer;
      throw mismatch(token);
    }
    const answer = run(input as never);
    answered.set(token, { input, answer, at: now() });
    return answer;
  };
};
