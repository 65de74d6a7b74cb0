import { createServer, type IncomingMessage, type Server } from 'node:http';
import { CliError } from '../errors.ts';
import { type AnswerKind, answerBy } from './answers.ts';
import { findWebhookProblem } from './verify-webhook.ts';

export interface ReceiverProps {
  readonly port: number;
  /** The secrets that are live; none, and no signature is verified. */
  readonly secrets: readonly string[];
  readonly answer: AnswerKind;
  /** Returns the instant with which timestamps are compared, in milliseconds since 1970. */
  readonly now: () => Promise<number>;
  /** Called with a line about each webhook. */
  readonly onWebhook: (line: string) => void;
}

const mostBytes = 1_000_000;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) throw new Error('too large');
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** The most characters that are shown of a value: anybody may send to this port. */
const mostShown = 200;

const show = (value: unknown): string =>
  String(value ?? '–')
    .slice(0, mostShown)
    .toWellFormed();

/** Returns what a body is about. It may be anything. */
const describeBody = (body: string): string => {
  try {
    const { type, data } = JSON.parse(body) as {
      type?: unknown;
      data?: { leadId?: unknown; version?: unknown };
    };
    return `${show(type)} ${show(data?.leadId)} version ${show(data?.version)}`;
  } catch {
    return 'a body that is no JSON';
  }
};

/**
 * Starts a receiver of webhooks on this machine, which verifies their signatures. What it can't verify, it answers by
 * 401.
 *
 * @throws CliError if the port is taken
 */
export const startReceiver = async ({
  port,
  secrets,
  answer,
  now,
  onWebhook,
}: ReceiverProps): Promise<Server> => {
  const server = createServer(async (request, response) => {
    // A sender would go on over a connection that is kept, also after the server was closed.
    response.shouldKeepAlive = false;
    try {
      const body = await readBody(request);
      const problem =
        secrets.length === 0
          ? undefined
          : findWebhookProblem({ headers: request.headers, body }, secrets, await now());
      const verified = secrets.length === 0 ? 'not verified' : (problem ?? 'verified');
      const id = show(request.headers['webhook-id'] ?? 'no id');
      const answered = problem === undefined ? answer : '401';
      onWebhook(`${describeBody(body)}, ${id}: ${verified}, answered ${answered}`);
      if (problem === undefined) answerBy(answer, response);
      else response.writeHead(401).end();
    } catch {
      response.writeHead(413).end();
    }
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      fail(
        new CliError(
          'PORT_TAKEN',
          `port ${port} of this machine can't be used (${cause.code}); --port names another`,
          { cause },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', done);
  });
  return server;
};
