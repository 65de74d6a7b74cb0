import type { IncomingHttpHeaders } from 'node:http';

/** A request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** The path as it was sent: still encoded, and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The endpoint that received the request, such as `http://127.0.0.1:8010`. */
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

/** One of AWS's HTTP protocols, for the operations that are supported here. */
export interface Protocol {
  readonly speaks: (head: RequestHead) => boolean;
  readonly answer: (request: GatewayRequest) => Answer | Promise<Answer>;
  /** Returns an error in the form that the service's clients expect. */
  readonly refuse: (error: unknown) => Answer;
  readonly close?: () => void;
}

export const targetOf = ({ headers }: RequestHead): string => String(headers['x-amz-target'] ?? '');
