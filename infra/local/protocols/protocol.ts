import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../errors.ts';

/** A request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** The path as it was sent: still encoded, and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query as it was sent, without the question mark. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  /** All values of each header. */
  readonly headersDistinct: NodeJS.Dict<string[]>;
  /** Such as `1.1`. */
  readonly httpVersion: string;
  /** The endpoint that received the request, such as `http://127.0.0.1:8010`. */
  readonly endpoint: string;
}

export interface GatewayRequest extends RequestHead {
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  /** A list for a header that is sent several times. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** One of AWS's HTTP protocols, for the operations that are supported here. */
export interface Protocol {
  readonly speaks: (head: RequestHead) => boolean;
  readonly answer: (request: GatewayRequest) => Answer | Promise<Answer>;
  /** Returns an error in the form that the service's clients expect. */
  readonly refuse: (error: unknown) => Answer;
  /** Whether links of other sites may open what is asked for. @default no */
  readonly isLinked?: (head: RequestHead) => boolean;
  readonly close?: () => void;
}

/** Returns the origin by which a client names this endpoint: that of its Host, which was checked before. */
export const originOf = ({ headers, endpoint }: RequestHead): string =>
  headers.host === undefined ? endpoint : `http://${headers.host}`;

export const targetOf = ({ headers }: RequestHead): string => String(headers['x-amz-target'] ?? '');

/**
 * Decodes a part of a path.
 *
 * @param errorType the type of error that the service uses for a wrong path
 * @throws ServiceError if the part contains a percent sign that begins no character
 */
export const decodePath = (text: string, errorType: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ServiceError(errorType, `Couldn't parse the specified URI: ${text}`);
  }
};
