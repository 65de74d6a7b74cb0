import type { IncomingHttpHeaders } from 'node:http';

/** What is known of a request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** As it was sent: still encoded, and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Where it came in, such as `http://127.0.0.1:8010`. */
  readonly endpoint: string;
}

export interface GatewayRequest extends RequestHead {
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One of AWS's ways to speak over HTTP, as far as a service here is spoken to in it. */
export interface Protocol {
  readonly speaks: (head: RequestHead) => boolean;
  readonly answer: (request: GatewayRequest) => Answer | Promise<Answer>;
  /** An error in the form that the service's clients expect. */
  readonly refuse: (error: unknown) => Answer;
  readonly close?: () => void;
}

export const targetOf = ({ headers }: RequestHead): string => String(headers['x-amz-target'] ?? '');
