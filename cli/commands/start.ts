import { resolve } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Command, Option } from 'commander';
import { StackClock } from '../../infra/local/clock/stack-clock.ts';
import type { DeliveredEvent } from '../../infra/local/put-events.ts';
import type { LocalStack } from '../../infra/local/stack.ts';
import { fromNowOn } from '../../shared/as-of/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { explain, instantOf, type ScoringModel } from '../../shared/scoring/index.ts';
import { timeWords } from '../as-of/words.ts';
import { computeLeeway } from '../clock/find-step.ts';
import { runsHere, runsWhenMoved } from '../clock/local-schedules.ts';
import { parseTimeWarp } from '../clock/parse-time-warp.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { explainInWords } from '../explain/words.ts';
import { indented, type Line, verbatim } from '../output/line.ts';
import { note, print } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { type Announcements, collectAnnouncements } from '../replay/announcements.ts';
import { feedWithBar } from '../replay/feed.ts';
import { formatSummary } from '../replay/format-summary.ts';
import { assertNothingLost, summarize } from '../replay/summary.ts';
import { readRecentSample } from '../sample/recent-sample.ts';
import { shippedSources } from '../stack/assembly.ts';
import { defaultPort } from '../stack/connect.ts';
import { type RunningStack, withStack } from '../stack/run-stack.ts';
import { describeOtherModel, findStartModel } from '../start/active-model.ts';
import { describeAnnouncement } from '../start/announcement-words.ts';
import { createConsoleBuild } from '../start/console-build.ts';
import { ensureLocalSecrets, inviteToIntegrations } from '../start/integrations.ts';
import { runWarped } from '../start/run-warped.ts';
import { readTier } from '../table/read-table.ts';
import { formatWithId } from '../text/format-with-id.ts';
import { alignedRows } from '../text/table.ts';
import { createTryIt } from '../try-it/answer-try-it.ts';
import { wholeNumber } from './options.ts';

interface StartOptions {
  readonly port: number;
  readonly model?: string;
  readonly data?: string;
  /** False if there are to be none. */
  readonly sources: string | false;
  readonly deliveries?: string;
  readonly timeWarp?: number;
  readonly sample: boolean;
  readonly exit?: true;
}

const isEmpty = async ({ client, leadsTable }: RunningStack): Promise<boolean> => {
  const { Count } = await client.send(new ScanCommand({ TableName: leadsTable, Limit: 1 }));
  return Count === 0;
};

const feedSample = async (running: RunningStack, announcements: Announcements): Promise<void> => {
  const entries = await readRecentSample(running.stack.now());
  const bar = progressBar('Feeding the sample stream', entries.length);
  const fed = await feedWithBar(running, entries, bar);
  // The sample has months of history: what has fallen due since then happens before anybody looks.
  await running.stack.schedules.runOnce(runsWhenMoved);
  await running.stack.idle();
  const summary = await summarize(running, fed, announcements);
  assertNothingLost(running, summary);
  print([
    ...formatSummary(summary),
    '',
    `${announcements.of('HandoffRequested')} hand-offs requested, ${announcements.of('NurtureStarted')} nurture tracks started, ` +
      `${announcements.of('NurtureStopped')} stopped, ${announcements.of('EventQuarantined')} different events quarantined.`,
  ]);
};

/** The most leads from which the example is chosen: a data folder may contain any number. */
const mostCandidates = 500;

/** Finds a lead of the best tier, preferably handed to sales, with the highest score. */
const findExample = async ({ client, leadsTable }: RunningStack): Promise<LeadState | undefined> => {
  const rank = ({ action, score }: LeadState): number => score + (action.kind === 'handoff' ? 100 : 0);
  let best: LeadState | undefined;
  let candidates = 0;
  for (const tier of ['excellent', 'good', 'risky'] as const) {
    for await (const state of readTier(client, leadsTable, tier)) {
      if (best === undefined || rank(state) > rank(best)) best = state;
      if (++candidates >= mostCandidates) break;
    }
    if (best !== undefined) return best;
  }
  return undefined;
};

const explainExample = (stored: LeadState, model: ScoringModel, now: number, flag: string): void => {
  if (stored.modelVersion !== model.version) {
    print([
      '',
      `Lead ${stored.leadId} was judged by ${stored.modelVersion}, and ${model.version} is active now. ` +
        `\`npx sluice rescore status${flag}\` shows how far the leads are rescored.`,
    ]);
    return;
  }
  const at = Math.max(now, instantOf(stored.facts));
  const lead = fromNowOn(model, stored, { at, tense: 'present' });
  const { facts, stage } = lead.state;
  const explanation = explain(model, facts, stage, instantOf(facts));
  const lines = indented(explainInWords(lead.state, explanation, { time: timeWords(lead), most: 5 }));
  print(['', 'One lead explained:', '', ...lines]);
};

const describeData = (data: string | undefined, { engine }: LocalStack): string => {
  if (data !== undefined) return `its data stays in ${resolve(data)}.`;
  // Only the embedded engine can use a folder.
  const advice = engine.kind === 'embedded' ? '; `--data FOLDER` keeps it' : '';
  return `its data in memory is lost then${advice}.`;
};

/** Describes what is different about the engine on this machine, if anything. */
const describeEngine = ({ engine, exposesEngine }: LocalStack): string[] => {
  if (engine.kind === 'memory') {
    return [
      `${capitalize(engine.why)}, so one in memory takes its place: it answers alike, but keeps no data (--data is refused).`,
    ];
  }
  if (!exposesEngine) return [];
  return [
    'This system does not let the engine be isolated, so that other programs can find it (docs/security.md, ' +
      'The local stack).',
  ];
};

const capitalize = (clause: string): string => `${clause[0]?.toUpperCase()}${clause.slice(1)}`;

/** Says where the API is, and how to send it a first request. */
const inviteToApi = ({ outputs }: LocalStack, example: string, flag: string): Line[] => {
  const { PeopleApiUrl: url } = outputs;
  if (url === undefined) return [];
  const token = `"Authorization: Bearer $(npx sluice token${flag})"`;
  return [
    '',
    `The API is at ${url}/api, for whoever has a token (docs/api.md):`,
    '',
    verbatim(`  curl -s -H ${token} ${url}/api/leads/${encodeURIComponent(example)}`),
  ];
};

const invitation = (
  { stack, leadsTable }: RunningStack,
  { data, sources, deliveries }: StartOptions,
  example: string,
  flag: string,
): Line[] => {
  const about = (command: string) => `  ${formatWithId(`npx sluice ${command}`, example, flag)}`;
  return [
    '',
    `The console is at ${stack.endpoint}/console/: whom to call and why, on a page.`,
    '',
    `The stack is up at ${stack.endpoint}: EventBridge (bus ${stack.bus}), DynamoDB (table ${leadsTable}),`,
    'SQS, S3, Lambda and Secrets Manager, for any AWS client. In another terminal:',
    '',
    ...alignedRows([
      [about('explain'), 'where a score comes from'],
      [about('next'), 'what to ask next'],
      [`  npx sluice handoffs list${flag}`, 'whom to call, by when'],
      [`  npx sluice leads${flag}`, 'all leads that are no customers, the best first'],
      [`  npx sluice report${flag}`, 'what became of all leads'],
      [`  npx sluice quarantine list${flag}`, 'what was rejected, and why'],
      [about('audit show'), 'the history of a lead, event by event'],
      [`  npx sluice event activity --lead my-lead activity=demo_requested${flag}`, 'send an event'],
      [`  npx sluice send FILE${flag}`, 'send the events of a file'],
    ]),
    ...inviteToApi(stack, example, flag),
    ...inviteToIntegrations(stack, { sources: sources || undefined, deliveries }, flag),
    '',
    `Ctrl-C stops it; ${describeData(data, stack)}`,
  ];
};

/** Says that the clock isn't the system's, and what is unaffected. */
const describeWarp = (rate: number, clock: StackClock): string =>
  `The clock of this stack is warped: it begins at ${new Date(clock.now()).toISOString()} and runs ${rate} times as fast ` +
  'as yours. What falls due follows, with its instant on that clock; what you send is dated by it, too.';

export const addStart = (program: Command): void => {
  program
    .command('start')
    .description('run the whole system on this machine, fed with a sample stream')
    .option('--port <number>', 'the port of the stack, on 127.0.0.1', wholeNumber(1, 65_535), defaultPort)
    .option('--model <file>', 'a scoring model in place of the default one')
    .option('--data <folder>', 'store all data there, for the next start')
    .addOption(
      new Option(
        '--time-warp <rate>',
        'let the clock of the stack run fast once it is up, such as 1d/s for a day a second; all data stays in memory',
      )
        .argParser(parseTimeWarp)
        .conflicts(['data', 'exit']),
    )
    .addOption(
      new Option('--sources <folder>', 'the documents of the sources of webhooks').default(
        shippedSources,
        'those of Sluice',
      ),
    )
    .option('--no-sources', 'take in no webhooks')
    .option('--deliveries <folder>', 'deliver announcements to the subscriptions of these documents')
    .option('--no-sample', 'start empty')
    .option('--exit', 'stop after the summary')
    .action(async (options: StartOptions) => {
      const { port, model: modelFile, data, sample, exit, timeWarp } = options;
      const folders = { sources: options.sources || undefined, deliveries: options.deliveries };
      const given = readModelFile(modelFile ?? defaultModelFile);
      const model = modelFile === undefined ? undefined : given;
      const announcements = await collectAnnouncements(undefined);
      const clock = timeWarp === undefined ? undefined : new StackClock(Date.now());
      let isWarped = false;
      const consoleBuild = createConsoleBuild();
      const props = {
        port,
        model,
        dataFolder: data,
        folders,
        clock,
        console: { ...consoleBuild, answerLocal: createTryIt(folders.sources) },
        onEvent: (event: DeliveredEvent) => {
          announcements.take(event);
          const line = isWarped ? describeAnnouncement(event) : undefined;
          if (line !== undefined) print(line);
        },
        onSynthesis: () =>
          note('Preparing the stack from the CDK app, which takes some seconds the first time …'),
      };
      const work = async (running: RunningStack, untilStopped: () => Promise<void>): Promise<void> => {
        note(
          `Started: engine, bus, queues, streams and ${Object.keys(running.stack.counts()).length} functions.`,
        );
        note(describeEngine(running.stack));
        const flag = port === defaultPort ? '' : ` --endpoint ${running.stack.endpoint}`;
        const started = await findStartModel(running, given);
        const { active } = started;
        if (modelFile !== undefined && started.isOther)
          note(describeOtherModel(started, given, { file: modelFile, flag }));
        await ensureLocalSecrets(running.stack, folders);
        // Leads that exist already would receive the events of the sample in addition.
        if (sample && (await isEmpty(running))) await feedSample(running, announcements);
        else if (sample) note('The data folder already has leads, so the sample stream is not fed.');
        const example = await findExample(running);
        if (example !== undefined) explainExample(example, active, running.stack.now(), flag);
        if (exit) return;
        print(invitation(running, options, example?.leadId ?? 'my-lead', flag));
        consoleBuild.begin();
        if (clock === undefined || timeWarp === undefined) {
          running.stack.schedules.start(runsHere);
          await untilStopped();
        } else {
          note(describeWarp(timeWarp, clock));
          isWarped = true;
          await runWarped({ running, clock, leeway: computeLeeway(active) }, timeWarp, untilStopped());
          isWarped = false;
        }
        note('Stopping …');
      };
      try {
        await withStack(props, work);
      } finally {
        consoleBuild.stop();
      }
    });
};
