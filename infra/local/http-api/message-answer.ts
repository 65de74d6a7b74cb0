import type { Answer } from '../protocols/protocol.ts';

/** Returns an answer of API Gateway itself: HTTP APIs have no others for what doesn't reach a function. */
export const messageAnswer = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
});
