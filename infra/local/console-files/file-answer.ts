import { buildContentPolicy, pageHeaders } from '../../../shared/page-headers/index.ts';
import type { Answer, RequestHead } from '../protocols/protocol.ts';
import type { ConsoleFile } from './load-files.ts';

/** The headers of everything below `/console/`, also of what isn't found. */
export const securityHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy': buildContentPolicy(),
};

/** Whether a client takes gzip: it names the coding, or any, without the weight 0. */
const takesGzip = ({ headers }: Pick<RequestHead, 'headers'>): boolean => {
  const codings = String(headers['accept-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim()));
  const [, weight = 'q=1'] = codings.find(([name]) => name === 'gzip') ??
    codings.find(([name]) => name === '*') ?? ['', 'q=0'];
  return Number(weight.replace('q=', '')) > 0;
};

const matches = ({ headers }: RequestHead, etag: string): boolean => {
  const tags = String(headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
};

/** Answers with a file: compressed if the client takes it, and without its content if the client has it already. */
export const answerFile = (head: RequestHead, file: ConsoleFile): Answer => {
  const zipped = takesGzip(head) ? file.zipped : undefined;
  const etag = `"${file.etag}${zipped === undefined ? '' : '-gzip'}"`;
  const headers = {
    ...securityHeaders,
    etag,
    vary: 'accept-encoding',
    'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (matches(head, etag)) return { status: 304, headers };
  const coding = zipped === undefined ? {} : { 'content-encoding': 'gzip' };
  return {
    status: 200,
    headers: { ...headers, 'content-type': file.type, ...coding },
    body: zipped ?? file.plain,
  };
};
