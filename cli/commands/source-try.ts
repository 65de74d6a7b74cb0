import type { Command } from 'commander';
import { type BusEvent, showProblem } from '../../events/index.ts';
import type { PayloadEvent } from '../../shared/mapping/index.ts';
import type { SourceDocument } from '../../shared/sources/index.ts';
import { CliError } from '../errors.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { note, print, printJson } from '../output/print.ts';
import { defaultSourcesFolder, readSource } from '../source/read-source.ts';
import { describeTried } from '../source/tried-words.ts';
import { type TriedPayload, tryPayloads } from '../source/try-payloads.ts';
import { readText } from '../text/read-text.ts';
import { tallyEvent } from '../unread/said-in-event.ts';
import { createUnreadTally } from '../unread/unread-tally.ts';
import { warnOfUnread } from '../unread/unread-words.ts';

interface TryOptions {
  readonly sources: string;
  readonly model: string;
  readonly json?: true;
}

const readBody = (file: string): unknown => {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('PAYLOAD_INVALID', `${file} is not JSON: ${why}`, { cause });
  }
};

const tryFile = (source: SourceDocument, file: string): readonly TriedPayload[] => {
  const tried = tryPayloads(source, readBody(file), Date.now());
  if ('payloads' in tried) return tried.payloads;
  const details = tried.problems.map(showProblem);
  throw new CliError('PAYLOAD_INVALID', `${file} is nothing that ${source.kind} sends:`, { details });
};

const asBusEvent = (
  { type, occurredAt, eventId, data }: PayloadEvent,
  { mapping }: SourceDocument,
): BusEvent => ({
  source: mapping.source,
  'detail-type': type,
  time: occurredAt,
  detail: { metadata: { eventId, occurredAt, schemaVersion: 1 }, data },
});

const trySource = (name: string, file: string, { sources, model: modelFile, json }: TryOptions): void => {
  const source = readSource(name, sources);
  const payloads = tryFile(source, file);
  const model = readModelFile(modelFile);
  const unread = createUnreadTally(model);
  for (const event of payloads.flatMap(({ events }) => events)) tallyEvent(unread, asBusEvent(event, source));
  const totals = unread.totals();
  note(warnOfUnread(totals, model.version, 'event'));
  const about = { source: source.name, kind: source.kind };
  if (json) printJson({ ...about, payloads, unread: totals.names, unreadMore: totals.dropped });
  else print(describeTried(payloads));
  if (payloads.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
};

export const addSourceTry = (source: Command): void => {
  source
    .command('try')
    .description(
      'show which events a payload becomes, without sending anything; the exit code is 1 if a value of it is wrong',
    )
    .argument('<source>', 'the name of a source, or the file of its document')
    .argument('<payload>', 'a file of JSON: the body of a request as the vendor sends it, or one payload')
    .option('--sources <folder>', 'the folder of the source documents', defaultSourcesFolder)
    .option('--model <file>', 'the scoring model whose names the events are compared with', defaultModelFile)
    .option('--json', 'print the result as one JSON object')
    .action((name: string, file: string, options: TryOptions) => trySource(name, file, options));
};
