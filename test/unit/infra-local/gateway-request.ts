import type { GatewayRequest } from '../../../infra/local/protocols/protocol.ts';

export interface RequestProps {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string[]>>;
  readonly body?: string;
}

/** Returns a request as the gateway hands it to a protocol. */
export const gatewayRequest = (props: RequestProps): GatewayRequest => {
  const { method = 'GET', path = '/api/leads/l-1', query = '', headers = {}, body = '' } = props;
  return {
    method,
    path,
    query: new URLSearchParams(query),
    rawQuery: query,
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(', ')])),
    headersDistinct: headers,
    httpVersion: '1.1',
    endpoint: 'http://127.0.0.1:8010',
    body: Buffer.from(body),
  };
};
