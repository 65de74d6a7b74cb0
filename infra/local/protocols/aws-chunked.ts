import type { GatewayRequest } from './protocol.ts';

/** Decodes chunks of `size[;extensions]`, a line end, the bytes and a line end; the chunk of size 0 is the last. */
const decode = (body: Buffer): Buffer => {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (end === -1 || !(size > 0)) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
};

/**
 * Returns the content of a body. The SDK sends a stream in chunks of its own, inside those of HTTP, to append the
 * checksum.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export const decodeContent = ({ headers, body }: GatewayRequest): Buffer =>
  String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ? decode(body) : body;
