import { startVendorServer, type VendorAnswer, type VendorRequest } from './vendor-server.ts';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const asList = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value : []);

// A message whose blocks have more characters in all is refused, which Slack documents nowhere.
const mostInAll = 13_000;
const link = /<https:\/\/[^<>|\s]{1,3000}\|[^<>|]*>/g;

/** Finds the parts of a text that Slack would read as a mention, a link or an entity, beside links that are whole. */
export const findControlSequences = (text: string): readonly string[] =>
  text.replaceAll(link, '').match(/[<>]|&(?!amp;|lt;|gt;)/g) ?? [];

const findTextProblem = (text: Record<string, unknown> | undefined): string | undefined => {
  if (text?.type !== 'mrkdwn') return 'type';
  const { length } = asText(text.text);
  if (length < 1 || length > 3_000) return 'length';
  return undefined;
};

const textsOf = (block: Record<string, unknown>): readonly Record<string, unknown>[] =>
  block.type === 'section' ? [block.text as Record<string, unknown>] : asList(block.elements);

const findBlockProblem = (block: Record<string, unknown>): string | undefined => {
  if (block.type !== 'section' && block.type !== 'context') return 'type';
  if (block.type === 'context' && (asList(block.elements).length < 1 || asList(block.elements).length > 10))
    return 'elements';
  return textsOf(block).map(findTextProblem).find(Boolean);
};

/** Finds what Slack would refuse in the body of a request; undefined if it takes it. */
export const findMessageProblem = (body: string): string | undefined => {
  let message: Record<string, unknown>;
  try {
    message = JSON.parse(body);
  } catch {
    return 'invalid_payload';
  }
  const blocks = asList(message.blocks);
  if (asText(message.text) === '' && blocks.length === 0) return 'no_text';
  if (blocks.length > 50 || blocks.some(findBlockProblem)) return 'invalid_blocks';
  const inAll = blocks.flatMap(textsOf).reduce((sum, { text }) => sum + asText(text).length, 0);
  return inAll > mostInAll ? 'msg_blocks_too_long' : undefined;
};

const answer = ({ method, path, headers, body }: VendorRequest): VendorAnswer => {
  if (!/^\/services\/T\w+\/B\w+\/\w+$/.test(path)) return { status: 404, body: 'no_service' };
  if (method !== 'POST') return { status: 405, body: 'method_not_allowed' };
  if (!headers['content-type']?.startsWith('application/json'))
    return { status: 400, body: 'invalid_payload' };
  const problem = findMessageProblem(body);
  return problem === undefined ? { status: 200, body: 'ok' } : { status: 400, body: problem };
};

/** Starts a server that takes messages as an incoming webhook of Slack does, within its documented limits. */
export const startSlackServer = () => startVendorServer(answer);

/** Returns the texts that a channel shows of a message, block by block. */
export const readShown = (body: string): readonly string[] =>
  asList(JSON.parse(body).blocks)
    .flatMap(textsOf)
    .map(({ text }) => asText(text));
