import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface VendorServer {
  readonly baseUrl: string;
  readonly requests: readonly VendorRequest[];
  /** Answers the next requests with these, whatever they contain. */
  readonly answerNext: (...answers: readonly VendorAnswer[]) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port of this machine that answers as a vendor does. */
export const startVendorServer = async (
  answer: (request: VendorRequest) => VendorAnswer,
): Promise<VendorServer> => {
  const requests: VendorRequest[] = [];
  const planned: VendorAnswer[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body };
    requests.push(request);
    const given = planned.shift() ?? answer(request);
    outgoing.writeHead(given.status, given.headers).end(given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerNext: (...answers) => planned.push(...answers),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
