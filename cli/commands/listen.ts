import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { type AnswerKind, answerKinds } from '../listen/answers.ts';
import { readClock } from '../listen/read-clock.ts';
import { startReceiver } from '../listen/start-receiver.ts';
import { note, print } from '../output/print.ts';
import { readText } from '../text/read-text.ts';
import { withEndpointOption } from './connection.ts';
import { wholeNumber } from './options.ts';

interface ListenOptions {
  /** The stack by whose clock the webhooks are dated. */
  readonly endpoint: string;
  readonly port: number;
  readonly secret?: string;
  readonly answer: AnswerKind;
  readonly count?: number;
}

/** Returns the secrets that an option gives: itself, or the lines of the file that it names. */
const readSecrets = (given: string | undefined): string[] => {
  if (given === undefined) return [];
  if (given.startsWith('whsec_')) return [given];
  // The value isn't shown: it may be a secret.
  if (!existsSync(given))
    throw new UsageError('--secret: given neither a secret nor a file; allowed: whsec_…, or a file with it');
  return readText(given)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
};

const listen = async ({ endpoint, port, secret, answer, count }: ListenOptions): Promise<void> => {
  const secrets = readSecrets(secret);
  const enough = new AbortController();
  let received = 0;
  const onWebhook = (line: string): void => {
    print(line);
    received += 1;
    if (received === count) enough.abort();
  };
  const now = () => readClock(endpoint);
  const server = await startReceiver({ port, secrets, answer, now, onWebhook });
  note([
    `Webhooks to http://127.0.0.1:${(server.address() as AddressInfo).port}/ are answered by ${answer}. Ctrl+C ends it.`,
    ...(secrets.length === 0 ? ['Without --secret, no signature is verified.'] : []),
  ]);
  await once(process, 'SIGINT', { signal: enough.signal }).catch(() => undefined);
  // The last answer is still on its way.
  server.close();
  server.closeIdleConnections();
  if (count === undefined) server.closeAllConnections();
};

/** Adds the command that receives deliveries on this machine. */
export const addListen = (program: Command): void => {
  withEndpointOption(
    program
      .command('listen')
      .description('receive webhooks on this machine and verify their signatures, for trying deliveries out')
      .option('--port <number>', 'the port, 0 for any', wholeNumber(0, 65_535), 8030)
      .option('--secret <secret>', 'the secret whsec_…, or a file with it')
      .addOption(
        new Option('--answer <kind>', 'the answer to each webhook').choices([...answerKinds]).default('200'),
      )
      .option('--count <number>', 'end after so many webhooks', wholeNumber(1)),
    'the URL of the local stack by whose clock timestamps are verified, if it answers',
  ).action(listen);
};
