import type { ServerResponse } from 'node:http';

/** The ways in which the receiver may answer. */
export const answerKinds = ['200', '410', '429', '500', 'garbage', 'slow'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** Longer than a sender waits. */
const slowMs = 20_000;

/** Answers a webhook. */
export const answerBy = (kind: AnswerKind, response: ServerResponse): void => {
  switch (kind) {
    case 'garbage':
      response.socket?.end('this is no HTTP\r\n\r\n');
      return;
    case 'slow':
      setTimeout(() => response.writeHead(200).end(), slowMs).unref();
      return;
    case '429':
      response.writeHead(429, { 'retry-after': '60' }).end();
      return;
    case '200':
    case '410':
    case '500':
      response.writeHead(Number(kind)).end();
      return;
    default:
      kind satisfies never;
  }
};
