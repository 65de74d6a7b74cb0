export interface HttpRequest {
  readonly url: string;
  /** @default POST */
  readonly method?: 'POST' | 'PATCH' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The most bytes of the answer's body that are read. @default 0: it is dropped */
  readonly mostAnswerBytes?: number;
}

/** The outcome of a request. No reason contains a path or a query of the URL, which may be secret. */
export type HttpAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The headers, with names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      /** The beginning of the body, as far as it was asked for. */
      readonly body: string;
      /** The pause in milliseconds that `Retry-After` asks for, at most a day. */
      readonly retryAfterMs?: number;
    }
  /** Nothing was sent, because the address isn't one that Sluice sends to. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** There was no answer, or not in time. The request may have arrived. */
  | { readonly kind: 'unanswered'; readonly reason: string };

/** Sends requests to addresses that strangers may have chosen: never to one within a network, and without redirects. */
export interface HttpSender {
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Closes the connections that are open. */
  readonly close: () => void;
}
