import { stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { advanceTo, type LeadState } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { type FileEntry, readEntries } from '../entries/read-entries.ts';
import { seededRandom, shuffled, withDuplicates } from '../entries/scramble.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { assertDistinct } from '../files/assert-distinct.ts';
import { assertWritable } from '../files/write-whole.ts';
import { note, print, printJson } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { collectAnnouncements } from '../replay/announcements.ts';
import { type FastSummary, replayFast } from '../replay/fast/fast-replay.ts';
import { feedWithBar } from '../replay/feed.ts';
import { type Feeding, feedByClock } from '../replay/feed-by-clock.ts';
import { feedHistory, mayBeHistory } from '../replay/feed-history.ts';
import { formatRejections } from '../replay/format-rejections.ts';
import { formatSummary } from '../replay/format-summary.ts';
import { groupRejections, type Rejections } from '../replay/rejections.ts';
import { assertNothingLost, type Summary, summarize } from '../replay/summary.ts';
import { withStack } from '../stack/run-stack.ts';
import { readStates } from '../table/read-table.ts';
import { writeLeads } from '../table/write-leads.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { tallyLeads } from '../unread/tally-leads.ts';
import type { UnreadName } from '../unread/unread-tally.ts';
import { warnOfUnread } from '../unread/unread-words.ts';
import { fileOfEvents } from './event-words.ts';
import { fraction, wholeNumber } from './options.ts';

interface ReplayOptions {
  readonly model?: string;
  readonly emitted?: string;
  readonly leads?: string;
  readonly shuffle?: number;
  readonly duplicate?: number;
  readonly until?: number;
  readonly fast?: true;
  readonly json?: true;
}

interface Input {
  readonly entries: AsyncIterable<FileEntry> | Iterable<FileEntry>;
  readonly total: number;
  /** Whether some of the events may be history, which is to be settled. */
  readonly hasHistory: boolean;
  /** Returns the events once more, in the order of the files. */
  readonly again: () => AsyncIterable<FileEntry> | Iterable<FileEntry>;
}

/** Returns whether a file can be read twice: standard input and other pipes can't. */
const isRegular = async (file: string): Promise<boolean> =>
  file !== '-' &&
  (await stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  ));

/**
 * Returns the events of the files, repeated and shuffled by the options; the same seed gives the same order. All events
 * are in memory only if they are repeated or shuffled, or come from a pipe.
 */
const openInput = async (files: readonly string[], { shuffle, duplicate }: ReplayOptions): Promise<Input> => {
  const canReadTwice = (await Promise.all(files.map(isRegular))).every(Boolean);
  if (shuffle === undefined && duplicate === undefined && canReadTwice) {
    let total = 0;
    let hasHistory = false;
    for await (const entry of readEntries(files)) {
      total++;
      hasHistory ||= mayBeHistory(entry);
    }
    return { entries: readEntries(files), total, hasHistory, again: () => readEntries(files) };
  }
  const entries = await Array.fromAsync(readEntries(files));
  const random = seededRandom(shuffle ?? 1);
  const repeated = duplicate === undefined ? entries : withDuplicates(entries, duplicate, random);
  const ordered = shuffle === undefined ? repeated : shuffled(repeated, random);
  const hasHistory = entries.some(mayBeHistory);
  return { entries: ordered, total: ordered.length, hasHistory, again: () => entries };
};

interface Replayed extends Summary, Rejections {
  /** The facts of the leads that give no points by the model. */
  readonly unread: readonly UnreadName[];
  /** The number of names beyond the most that are kept. */
  readonly unreadMore: number;
}

const chooseFeeding = async (
  { entries, hasHistory }: Input,
  until: number | undefined,
  model: ScoringModel,
): Promise<Feeding> => {
  if (until !== undefined) return feedByClock(await Array.fromAsync(entries), until, model);
  if (hasHistory) return feedHistory(entries, model);
  return { feed: (running, bar) => feedWithBar(running, entries, bar) };
};

/** Runs the files through a fresh stack until all events are processed, and returns the summary. */
const replay = async (files: readonly string[], options: ReplayOptions): Promise<Replayed> => {
  const { emitted, leads, until } = options;
  const outputs = [emitted, leads].filter((file) => file !== undefined);
  await assertDistinct([...files, options.model ?? defaultModelFile], outputs);
  if (leads !== undefined) await assertWritable(leads);
  const model = options.model === undefined ? undefined : readModelFile(options.model);
  const judging = model ?? readModelFile(defaultModelFile);
  const input = await openInput(files, options);
  const { total, again } = input;
  const feeding = await chooseFeeding(input, until, judging);
  const announcements = await collectAnnouncements(options.emitted);
  const summary = await withStack(
    {
      model,
      clock: feeding.clock,
      sequential: until !== undefined,
      onEvent: (event) => announcements.take(event),
      onSynthesis: () => note('Preparing the stack from the CDK app …'),
    },
    async (running) => {
      const bar = progressBar('Replaying', total);
      const fed = await feeding.feed(running, bar);
      if (leads !== undefined) {
        const present = (lead: LeadState) =>
          until === undefined ? lead : advanceTo(judging, lead, until).state;
        await writeLeads(running.client, running.leadsTable, leads, present);
      }
      const result = await summarize(running, fed, announcements);
      assertNothingLost(running, result);
      const { byModel } = await tallyLeads(
        readStates(running.client, running.leadsTable),
        async () => judging,
      );
      note(byModel.flatMap((unread) => warnOfUnread(unread, judging.version, 'lead')));
      const unread = byModel.flatMap(({ names }) => names);
      const unreadMore = byModel.reduce((sum, { dropped }) => sum + dropped, 0);
      return { ...result, ...(await groupRejections(running, again())), unread, unreadMore };
    },
  );
  await announcements.finish();
  return summary;
};

/** Folds the files without the stack, and returns the summary. */
const foldFiles = async (files: readonly string[], options: ReplayOptions): Promise<FastSummary> => {
  const { leads, until } = options;
  const model = readModelFile(options.model ?? defaultModelFile);
  await assertDistinct([...files, options.model ?? defaultModelFile], leads === undefined ? [] : [leads]);
  if (leads !== undefined) await assertWritable(leads);
  const summary = await replayFast(files, { model, leads, until, now: Date.now() });
  const { unread: names, unreadMore: dropped } = summary;
  note(warnOfUnread({ names, dropped }, model.version, 'lead'));
  return summary;
};

export const addReplay = (program: Command): void => {
  program
    .command('replay')
    .description('run files of events through a fresh stack in memory, and print a summary')
    .argument('<files...>', fileOfEvents)
    .option('--model <file>', 'a scoring model in place of the default one')
    .option('--emitted <file>', 'write every announcement here, one JSON object a line')
    .option('--leads <file>', 'write every lead here, one JSON object a line')
    .option(
      '--shuffle <seed>',
      'feed the events in random order, with this number as the seed',
      wholeNumber(),
    )
    .option('--duplicate <fraction>', 'feed this share of the events twice, 0 to 1', fraction())
    .addOption(
      new Option(
        '--until <when>',
        'let time pass with the events and after them, until this day or instant, in UTC: what falls due happens',
      )
        .argParser(parseDayOrInstant)
        .conflicts('shuffle'),
    )
    .addOption(
      new Option(
        '--fast',
        'fold the events without the stack: the same leads, and no announcements, hand-offs or ledgers',
      ).conflicts(['emitted', 'shuffle', 'duplicate']),
    )
    .option('--json', 'print the summary as one JSON object, and nothing else')
    .action(async (files: string[], options: ReplayOptions) => {
      const summary = options.fast ? await foldFiles(files, options) : await replay(files, options);
      if (options.json) printJson(summary);
      else print([...formatSummary(summary), ...formatRejections(summary)]);
    });
};
