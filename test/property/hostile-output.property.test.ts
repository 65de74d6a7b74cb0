import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Command, CommanderError, type Option } from 'commander';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatError } from '../../cli/format-error.ts';
import { note } from '../../cli/output/print.ts';
import { createProgram } from '../../cli/program.ts';
import type { Connection } from '../../cli/stack/connect.ts';
import type { RunningStack } from '../../cli/stack/run-stack.ts';
import { inboundContracts, outboundContracts, parseAction } from '../../events/index.ts';
import { createDynamoDbDeliveries } from '../../shared/deliveries/index.ts';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { ensureFirst, requestRescoring, rescoringJobItem } from '../../shared/model-store/index.ts';
import { checkModel, type ScoringModel } from '../../shared/scoring/index.ts';
import { createSourceNotes } from '../../shared/source-status/index.ts';
import { buildBatch, createScoringWorld, type ScoringWorld } from '../support/deliveries.ts';
import { buildEntry, type EventInput } from '../support/events.ts';
import { type FakeAws, identityOf, jsonError, startFakeAws, xmlError } from '../support/fake-aws.ts';
import { buildRequest } from '../support/handoffs.ts';
import { hostileText, hostileVersionOf } from '../support/hostile.ts';
import { hostileConnection, memoryStack, startHostileIssuer } from '../support/hostile-stack.ts';
import { storeLink, storePair } from '../support/identity-world.ts';
import { readModelFile, smallDocument } from '../support/models.ts';
import { propertyRuns, seeded } from '../support/seed.ts';
import { temporaryFiles } from '../support/temporary-files.ts';

// The commands run as they are; only the stack that they find is one in memory.
const found = vi.hoisted(() => ({}) as { connection: Connection; start: () => RunningStack });
vi.mock('../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));
vi.mock('../../cli/stack/run-stack.ts', async (original) => ({
  ...(await original<object>()),
  withStack: (_: unknown, work: (running: RunningStack, untilStopped: () => void) => unknown) =>
    work(found.start(), () => {}),
}));
// A receiver gets one webhook, which says what a stranger has made of it, and then its port is gone.
vi.mock('../../cli/listen/start-receiver.ts', async () => {
  const { CliError } = await import('../../cli/errors.ts');
  return {
    startReceiver: async ({ onWebhook }: { onWebhook: (line: string) => void }) => {
      onWebhook(`${nextText()} `);
      throw new CliError('PORT_TAKEN', 'the port is taken');
    },
  };
});

const { seed } = seeded();
const sample = <T>(from: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(from, { seed, numRuns });
const texts = sample(hostileText, propertyRuns);
let used = 0;
/** Returns one of the texts after the other. */
const nextText = (): string => texts[used++ % texts.length] ?? '';
/** Returns the next text as who and why may be: neither blank nor too long. What is refused prints nothing. */
const nextWords = (): string => nextText().trim().slice(0, 100) || 'x';

const { folder, inFolder } = temporaryFiles();
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The characters that a terminal could obey or hide. They are written out, not derived from the rule under test. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\u{e0001}-\u{e007f}]/u;

/** Asserts that what was printed is text for people, without control characters and without lines that a value began. */
const expectPrintable = (output: string): void => {
  const at = forbidden.exec(output)?.index ?? -1;
  expect(at < 0 ? '' : JSON.stringify(output.slice(Math.max(0, at - 80), at + 20))).toBe('');
  expect(output.isWellFormed()).toBe(true);
  expect(output).not.toMatch(/^FORGED/m);
};

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command, and asserts that it failed in no other way than with an error for its user. */
const run = async (...args: readonly string[]): Promise<Ran> => {
  const ran = { stdout: '', stderr: '' };
  const capture = (name: keyof Ran) =>
    vi.spyOn(process[name], 'write').mockImplementation((text: unknown) => {
      ran[name] += String(text);
      return true;
    });
  const spies = [capture('stdout'), capture('stderr')];
  let thrown: unknown;
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
  } catch (error) {
    thrown = error;
    note(formatError(error));
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = 0;
  }
  const isExpected = thrown === undefined || thrown instanceof CommanderError;
  if (!isExpected && !formatError(thrown)[0]?.startsWith('sluice: ')) throw thrown;
  return ran;
};

const runPrintable = async (...args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await run(...args);
  // Rows of CSV end with CR LF.
  const output = args.includes('--csv') ? stdout.replaceAll('\r\n', '\n') : stdout;
  if (!args.includes('--raw')) expectPrintable(output);
  expectPrintable(stderr);
  if (args.includes('--json')) for (const line of stdout.split('\n').slice(0, -1)) JSON.parse(line);
  return stdout;
};

/** Returns the commands that do something, by their words. */
const listCommands = (command: Command, words: readonly string[] = []): Map<string, Command> =>
  new Map(
    command.commands.length === 0
      ? [[words.join(' '), command]]
      : command.commands.flatMap((one) => [...listCommands(one, [...words, one.name()])]),
  );
const commands = listCommands(createProgram());

const leadIds = Array.from({ length: 25 }, (_, i) => (i === 0 ? '-1+1' : `l-${i}`));

/** Returns the default model with a stranger's words wherever a model has words for people. */
const hostileModel = (): ScoringModel => {
  const document = readModelFile('success-ready');
  const words = texts.filter((title) => checkModel({ ...smallDocument(), title }).ok);
  let word = 0;
  const put = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string' && (key === 'title' || key === 'text'))
      return words[word++ % words.length] ?? value;
    if (Array.isArray(value)) return value.map((one) => put(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, put(one, name)]));
  };
  const checked = checkModel(put(document));
  return checked.ok ? checked.model : (checkModel(document) as { model: ScoringModel }).model;
};

/** Fields of events that take a text. */
const carriers: readonly ((text: string, i: number) => Pick<EventInput, 'type' | 'data'>)[] = [
  (text, i) => ({
    type: 'LeadProfileUpdated',
    data: { attributes: { [`a${i}`]: text, jobTitle: text, industry: text } },
  }),
  (text, i) => ({
    type: 'LeadStageChanged',
    data: { stage: i % 2 ? 'sql' : 'mql', reason: text, actor: text },
  }),
  (text) => ({
    type: 'LeadActivityRecorded',
    data: { activity: 'demo_requested', properties: { page: text } },
  }),
  (text) => ({
    type: 'LeadAnswersRecorded',
    data: { answers: { need: { value: text, text } }, askedBy: text },
  }),
  (text, i) => ({
    type: 'LeadOutcomeRecorded',
    data: { outcome: i % 3 ? 'won' : 'lost', reason: text },
  }),
];

/** Returns events about a lead: one with the text where a text may be, and others that are rejected for it. */
const eventsWith = (text: string, i: number): unknown[] => {
  const leadId = leadIds[i % leadIds.length];
  const at = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString();
  const entry = ({ type, data }: Pick<EventInput, 'type' | 'data'>, part: string) => ({
    ...buildEntry({ type, data: { leadId, ...data }, at, id: `e-${i}-${part}` }),
    ...(text.trim() !== '' && { source: text.slice(0, 256) }),
  });
  const carrier = carriers[Math.floor(i / leadIds.length) % carriers.length] ?? carriers[0];
  return [
    ...(carrier === undefined ? [] : [entry(carrier(text, i), 'a')]),
    entry({ type: 'LeadProfileUpdated', data: { attributes: { [text]: 1 } } }, 'b'),
    { ...entry({ type: 'LeadProfileUpdated', data: {} }, 'c'), [text]: text, 'detail-type': text },
    text,
  ];
};

let issuer: Awaited<ReturnType<typeof startHostileIssuer>>;
afterAll(() => issuer.close());
beforeAll(async () => {
  issuer = await startHostileIssuer(nextText);
});

let aws: FakeAws;
afterAll(() => aws.close());
beforeAll(async () => {
  aws = await startFakeAws();
  const keys = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's', AWS_EC2_METADATA_DISABLED: 'true' };
  for (const [name, value] of Object.entries({ ...keys, AWS_ENDPOINT_URL: aws.endpoint }))
    vi.stubEnv(name, value);
});

let model: ScoringModel;
let world: ScoringWorld;
let quarantined: string[];
let lines: string[];

/** Hand-offs of a few leads: two that are open, and others that a stranger answered. */
const handedOff = leadIds.slice(0, 6).map((leadId, i) => ({ leadId, handoffId: `h-${i}`, isOpen: i < 2 }));

const requestHandoffs = async (): Promise<void> => {
  const followUps = createDynamoDbFollowUps(world.stores.client, 'leads');
  for (const { leadId, handoffId, isOpen } of handedOff) {
    const sample = structuredClone(outboundContracts.LeadTierChanged.sampleEvent);
    const data = { ...sample.detail.data, leadId };
    const event = parseAction({ ...sample, detail: { ...sample.detail, data } });
    const dueAt = '2026-01-02T00:00:00.000Z';
    const request = buildRequest({ handoffId, queue: nextText() || 'q', dueAt });
    await followUps.openHandoff(event, request, Date.parse(dueAt));
    const actor = nextWords();
    const verdict = {
      leadId,
      handoffId,
      status: 'rejected',
      answeredAt: dueAt,
      actor,
      reason: actor,
    } as const;
    if (!isOpen) await followUps.noteVerdict(verdict);
  }
};

/** Stores deliveries to a target whose answers and addresses are a stranger's texts. */
const storeDeliveries = async (): Promise<void> => {
  const { client } = world.stores;
  const deliveries = createDynamoDbDeliveries({ client, table: 'deliveries' });
  const at = Date.parse('2026-01-02T00:00:00.000Z');
  for (let i = 0; i < 100; i++) {
    const text = nextText();
    const delivery = {
      subscription: 'crm',
      eventId: `d-${i}-`,
      type: 'LeadStageTransitioned',
      occurredAt: '2026-01-01T00:00:00.000Z',
      leadId: leadIds[i % leadIds.length] ?? 'l-1',
      version: i + 1,
      ordinal: 0,
      data: { reason: text, [text]: text },
      plannedAt: '2026-01-01T00:00:00.000Z',
    } as const;
    await deliveries.plan(delivery);
    const waiting = {
      ...delivery,
      state: 'waiting',
      time: delivery.plannedAt,
      tries: 0,
      attempts: [],
    } as const;
    const attempt = { at: delivery.plannedAt, ms: 1, result: 'retry', reason: text } as const;
    if (i % 2 === 0) await deliveries.end(waiting, { state: 'failed', at, attempt, reason: text });
    else await deliveries.retry(waiting, { attempt, tries: 1, at });
  }
};

/** Notes requests of sources: names of payloads are a stranger's, and so is a source without a document. */
const noteSources = async (): Promise<void> => {
  const { client } = world.stores;
  const notes = createSourceNotes({
    client,
    table: 'requests',
    now: () => Date.parse('2026-01-02T00:00:00.000Z'),
  });
  for (const source of ['hubspot', 'unknown-tool']) {
    const unknown = new Map(texts.slice(0, 60).map((text, i) => [text, i + 1]));
    await notes.note({ source, unknown });
    await notes.note({ source, refused: { reason: nextText() || 'r', allowed: nextText() } });
  }
};

/** Stores that a model was activated and all leads were rescored by it, with a stranger's name for the one before. */
const storeActivation = async (): Promise<void> => {
  const props = {
    client: world.stores.client,
    table: 'leads',
    now: () => Date.parse('2026-01-02T00:00:00.000Z'),
  };
  const { activatedAt } = await ensureFirst(props, model);
  const job = requestRescoring({
    revision: 1,
    modelVersion: nextText() || 'v',
    actions: 'all',
    at: activatedAt,
  });
  const Item = rescoringJobItem({ ...job, status: 'done', doneAt: activatedAt });
  await props.client.send(new PutItemCommand({ TableName: 'leads', Item }));
};

beforeAll(async () => {
  model = hostileModel();
  world = createScoringWorld({ model });
  await world.stores.models.ensureStored(model.version, model.document);
  found.connection = hostileConnection(world, nextText);
  const events = texts.flatMap(eventsWith);
  for (let i = 0; i < events.length; i += 50) await world.score(buildBatch(...events.slice(i, i + 50)));
  const merged = { type: 'LeadsMerged', data: { leadId: 'l-1', mergedLeadId: 'l-2' }, id: 'm' } as const;
  await world.score(buildBatch(buildEntry(merged)));
  await requestHandoffs();
  await storePair(world.stores.client, ['l-3', 'l-4'], { source: nextText(), types: [nextText()] });
  await storePair(world.stores.client, ['l-5', 'l-6'], { source: nextText(), status: 'dismissed' });
  await storeDeliveries();
  await storeLink(world.stores.client, 'email:known@example.com');
  await noteSources();
  await storeActivation();
  quarantined = (await Array.fromAsync(world.stores.quarantine.list({}))).map(({ id }) => id);
  const samples = Object.values(inboundContracts).map(({ sampleEvent }) => sampleEvent);
  lines = [
    ...texts.map((text, i) => JSON.stringify(eventsWith(text, i)[0])),
    ...sample(hostileVersionOf(samples), 200),
  ];
}, 120_000);

beforeEach(() => {
  found.start = () => memoryStack(world);
});

const eachLead = (words: readonly string[], ...options: readonly string[]) =>
  leadIds.map((leadId) => [...words, ...options, '--', leadId]);

/** Returns files with models that have a stranger's words, of which some are valid. */
const hostilePublished = (): string[] => {
  const words = texts.filter((title) => checkModel({ ...smallDocument(), title }).ok).slice(0, 5);
  const valid = words.map((title, i) => ({ ...smallDocument(), title, version: `h-${i}` }));
  const broken = sample(hostileVersionOf([smallDocument()]), 30);
  return [...valid.map((document) => JSON.stringify(document)), ...broken].map((text, i) =>
    inFolder(`published-${i}.json`, text),
  );
};

/** Returns the options by which a stranger says who does something with models, and why. */
const authored = (): string[] => {
  const say = (most: number): string => `x ${nextText().slice(0, most)}`.toWellFormed();
  return ['--by', say(100), '--reason', say(400)];
};

/** Returns the calls by which each command shows what the texts have become. */
const calls: Record<string, () => readonly (readonly string[])[]> = {
  explain: () => [...eachLead(['explain']), ...eachLead(['explain'], '--json')],
  next: () => [...eachLead(['next'], '--limit', '2').slice(0, 4), ['next', '--json', '--limit', '2', 'l-3']],
  leads: () => [
    ['leads', '--customers', '--recycled'],
    ['leads', '--json'],
    ['leads', '--csv', '--columns', 'jobTitle,industry'],
    ['leads', '--columns', 'jobTitle,nothing'],
  ],
  'handoffs list': () => [
    ['handoffs', 'list'],
    ['handoffs', 'list', '--json'],
    ['handoffs', 'list', '--csv', '--columns', 'jobTitle'],
    ['handoffs', 'list', '--status', nextText(), '--queue', nextText()],
  ],
  'handoffs show': () => [
    ...handedOff.map(({ handoffId }) => ['handoffs', 'show', handoffId]),
    ...handedOff.map(({ leadId }) => ['handoffs', 'show', '--json', '--lead', leadId]),
  ],
  'handoffs accept': () =>
    handedOff.map(({ handoffId }) => ['handoffs', 'accept', handoffId, '--by', nextWords()]),
  'handoffs reject': () =>
    handedOff.map(({ leadId }) => ['handoffs', 'reject', '--lead', leadId, '--reason', nextWords()]),
  calibrate: () => {
    const files = ['--out', join(folder, 'learnt.json'), '--report', join(folder, 'learnt-report.json')];
    const rules = ['--outcome', 'won', '--within', '1d', '--cut', 'created', ...files];
    return [
      ['calibrate', '--events', inFolder('learn.jsonl', lines.join('\n')), ...rules],
      ['calibrate', '--endpoint', 'http://127.0.0.1:1', '--base', model.version, '--draft', ...rules],
      ['calibrate', '--endpoint', 'http://127.0.0.1:1', '--json', ...rules],
      ['calibrate', '--endpoint', nextText(), ...rules, '--outcome', nextText()],
      ['calibrate', '--endpoint', nextText(), ...rules, '--within', nextText(), '--as', nextText()],
    ];
  },
  unread: () => [['unread'], ['unread', '--json'], ['unread', '--model', 'models/bant.json']],
  report: () => [['report'], ['report', '--json'], ['report', '--csv'], ['report', '--tiers', 'recorded']],
  'funnel show': () => [
    ['funnel'],
    ['funnel', '--json'],
    ['funnel', 'show', '--from', '2026-03-01', '--to', '2026-03-02'],
  ],
  'funnel recount': () => [
    ['funnel', 'recount'],
    ['funnel', 'recount', '--json'],
  ],
  drift: () => [['drift'], ['drift', '--run'], ['drift', '--json'], ['drift', '--endpoint', nextText()]],
  'duplicates list': () => [['duplicates'], ['duplicates', '--all'], ['duplicates', 'list', '--json']],
  'duplicates dismiss': () => [
    ['duplicates', 'dismiss', 'l-3', 'l-4', '--reason', nextWords(), '--actor', nextWords()],
    ['duplicates', 'dismiss', 'l-3', nextText(), '--reason', nextText()],
  ],
  'audit verify': () => [
    ['audit', 'verify'],
    ['audit', 'verify', '--json'],
    ...eachLead(['audit', 'verify']),
  ],
  'audit show': () => [
    ...eachLead(['audit', 'show']),
    ...eachLead(['audit', 'show'], '--json', '--with-merged'),
  ],
  'audit transitions': () =>
    [[], ['--json'], ['--csv']].map((options) => ['audit', 'transitions', ...options]),
  'audit anchor': () => [
    ['audit', 'anchor'],
    ['audit', 'anchor', '--json'],
  ],
  rebuild: () => [
    ['rebuild', '--dry-run'],
    ['rebuild', '--dry-run', '--json'],
  ],
  'rescore status': () => [
    ['rescore', 'status'],
    ['rescore', 'status', '--json'],
    ['rescore', 'status', '--watch'],
  ],
  'rescore start': () => [['rescore', 'start']],
  'rescore pause': () => [['rescore', 'pause']],
  'rescore resume': () => [['rescore', 'resume']],
  'rescore rate': () => [['rescore', 'rate', '100']],
  'deliveries list': () => [
    ['deliveries', 'list'],
    ['deliveries', 'list', '--json'],
    ['deliveries', 'list', 'crm', '--limit', '200'],
    ['deliveries', 'list', 'crm', '--json', '--state', 'failed'],
    ['deliveries', 'list', nextText()],
  ],
  'deliveries show': () => [
    ['deliveries', 'show', 'crm'],
    ['deliveries', 'show', 'crm', '--json'],
    ['deliveries', 'show', 'crm', 'l-3'],
    ...Array.from({ length: 50 }, (_, i) => ['deliveries', 'show', 'crm', `d-${i}-`]),
    ['deliveries', 'show', 'crm', nextText()],
  ],
  'deliveries replay': () => [
    ['deliveries', 'replay', 'crm', '--since', '2026-01-01', '--dry-run'],
    ['deliveries', 'replay', 'crm', '--id', nextText()],
    ['deliveries', 'replay', 'crm', '--since', nextText()],
    ['deliveries', 'replay', nextText(), '--id', 'd-1-'],
  ],
  'deliveries pause': () => [
    ['deliveries', 'pause', 'crm'],
    ['deliveries', 'pause', nextText()],
  ],
  'deliveries resume': () => [
    ['deliveries', 'resume', 'crm'],
    ['deliveries', 'resume', nextText()],
  ],
  listen: () => [
    ...Array.from({ length: 50 }, () => ['listen']),
    ['listen', `--secret=${nextText().replaceAll('\0', '') || 'x'}`],
    ['listen', `--answer=${nextText()}`],
    ['listen', `--port=${nextText()}`],
  ],
  'quarantine list': () => [
    ['quarantine', 'list'],
    ['quarantine', 'list', '--json'],
  ],
  'quarantine show': () => [
    ...quarantined.slice(0, 500).map((id) => ['quarantine', 'show', id]),
    ...quarantined.slice(0, 100).map((id) => ['quarantine', 'show', '--json', id]),
  ],
  'quarantine replay': () => [
    ['quarantine', 'replay', '--all', '--dry-run'],
    ['quarantine', 'replay', '--all', '--force', '--actor', nextWords()],
    ...lines.slice(-50).map((line, i) => {
      const file = inFolder(`corrected-${i}.json`, line);
      return ['quarantine', 'replay', '--event', file, quarantined[i] ?? ''];
    }),
  ],
  'quarantine discard': () => [['quarantine', 'discard', '--all', '--reason', nextWords()]],
  'dlq list': () => [
    ['dlq', 'list'],
    ['dlq', 'list', '--json'],
  ],
  'dlq redrive': () => [
    ['dlq', 'redrive', '--all', '--dry-run'],
    ['dlq', 'redrive', '--all', '--wait', '0', '--actor', nextText()],
  ],
  send: () => [
    ['send', inFolder('send.jsonl', lines.join('\n'))],
    ['send', inFolder('send.json', `[${lines.map((line) => line.slice(0, 2_000)).join(',\n')}`)],
  ],
  event: () =>
    texts.slice(0, 200).flatMap((text, i) => {
      const key = text.replaceAll('\0', '');
      const lead = `--lead=${leadIds[i % leadIds.length]}`;
      return [
        ['event', 'profile', lead, '--', `a${i}=${key}`, `${key}=1`],
        ['event', 'profile', lead, '--dry-run', '--', `a${i}=${key}`],
        ['event', 'activity', lead, '--source', key || 'x', '--', `activity=${key}`],
        ['event', key, lead],
      ];
    }),
  override: () => [
    ...eachLead(['override'], '--dry-run', '--tier', 'excellent', '--until', '14d', '--reason', nextWords()),
    ...eachLead(['override'], '--hold', '--until', '2w', '--by', nextWords(), '--reason', nextWords()),
    ...eachLead(['override'], '--lift', '--reason', nextWords()),
    ['override', nextText(), '--lift'],
    ['override', 'l-1', '--tier', nextWords(), '--until', nextWords()],
  ],
  merge: () => [
    ['merge', '--dry-run', 'l-3', 'into', 'l-4'],
    ['merge', '--yes', '--', '-1+1', 'INTO', 'l-2'],
    ['merge', '--yes', 'l-2', 'into', 'l-1'],
    ['merge', 'l-5', nextText(), 'l-6'],
    ['merge', '--yes', '--unknown', 'l-5', 'into', nextText()],
  ],
  erase: () => [
    ...eachLead(['erase'], '--dry-run'),
    ...eachLead(['erase'], '--yes', '--source', nextWords()),
    ['erase', '--yes', '--unknown', nextText()],
  ],
  clock: () => [['clock']],
  token: () => {
    const call = (...more: readonly string[]) => ['token', `--endpoint=${issuer.endpoint}`, ...more];
    return texts
      .slice(0, 100)
      .map((text) => text.replaceAll('\0', ''))
      .flatMap((text) => [
        call(),
        call(`--subject=${text}`),
        call(`--queue=${text}`),
        call(`--role=${text}`),
      ]);
  },
  'source secret': () => [
    ...['', '--show', '--withdraw', '--generate'].map((action) =>
      ['source', 'secret', 'hubspot', action].filter((word) => word !== ''),
    ),
    ...texts.slice(0, 50).flatMap((text) => {
      const word = text.replaceAll('\0', '');
      return [
        ['source', 'secret', '--', word],
        ['source', 'secret', `--sources=${word}`, 'hubspot'],
      ];
    }),
  ],
  'deliveries secret': () => {
    const deliveries = '--deliveries=test/infra/integrations/deliveries';
    return [
      ['deliveries', 'secret', 'sales-crm', deliveries],
      ['deliveries', 'secret', 'sales-crm', deliveries, '--generate'],
      ...texts
        .slice(0, 50)
        .map((text) => ['deliveries', 'secret', deliveries, '--', text.replaceAll('\0', '')]),
    ];
  },
  doctor: () => {
    const text = (): string => nextText().replaceAll(/[<>&\0]/g, '');
    aws.answer({
      sts: identityOf('123456789012', text()),
      cloudformation: xmlError('Odd', text()),
      lambda: jsonError('Odd', nextText()),
      events: jsonError('Odd', nextText()),
    });
    const words = texts.filter((word) => !word.includes('\0')).slice(0, 2);
    return [
      ['doctor', '--port', '8559'],
      ['doctor', '--port', '8559', '--json', '--data', join(folder, asArgument(nextText()))],
      ['doctor', '--aws', '-c', 'region=eu-central-1'],
      ...words.map((word) => [
        'doctor',
        '--aws',
        '--json',
        '-c',
        'region=eu-central-1',
        '-c',
        `name=${word}`,
      ]),
      ...words.map((word) => ['doctor', '--aws', '-c', `region=${word}`, '-c', `alarmTopicArn=${word}`]),
    ];
  },
  replay: () => {
    found.start = () => memoryStack(createScoringWorld({ model }));
    const file = inFolder('replay.jsonl', lines.slice(0, 300).join('\n'));
    return [
      ['replay', file, '--emitted', join(folder, 'emitted.jsonl'), '--leads', join(folder, 'leads.jsonl')],
      ['replay', file, '--json'],
      ['replay', file, '--fast', '--leads', join(folder, 'fast-leads.jsonl')],
      ['replay', file, '--fast', '--json'],
    ];
  },
  start: () => {
    const file = inFolder('model.json', JSON.stringify(model.document));
    return [
      ['start', '--model', file],
      ['start', '--model', file, '--data', nextText()],
    ];
  },
  import: () => {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = texts.map((text) => `${cell(text)},${cell(text)}`);
    const csv = inFolder('leads.csv', ['id,title', ...rows].join('\n'));
    const short = inFolder('short.csv', `id,title\n${rows[0]}`);
    const mapping = {
      source: 'crm',
      leadId: 'id',
      occurredAt: { fixed: '2026-01-01T00:00:00Z' },
      events: [{ type: 'LeadProfileUpdated', attributes: { title: 'title' } }],
    };
    const columns = sample(hostileVersionOf([mapping]), 100).map((text, i) =>
      inFolder(`map-${i}.json`, text),
    );
    const headers = texts
      .slice(0, 100)
      .map((text, i) => inFolder(`header-${i}.csv`, `${cell(text)},title\n`));
    const map = inFolder('map.json', JSON.stringify(mapping));
    const out = ['--out', join(folder, 'events.jsonl')];
    const unknown = inFolder(
      'unknown.csv',
      ['id,status,created', ...rows.map((row) => `${row},2026-01-01`)].join('\n'),
    );
    const known = inFolder(
      'known.csv',
      ['Record ID,Email,Create Date,Lifecycle Stage', ...rows.map((row) => `${row},${row}`)].join('\n'),
    );
    return [
      ['import', '--init', unknown],
      ['import', '--init', known],
      ['import', '--init', known, unknown],
      ['import', '--init', known, '--map', known],
      ['import', known, '--map', map, ...out, '--as-of', nextText()],
      ...headers.slice(0, 20).map((file) => ['import', '--init', file]),
      ['import', csv, '--map', map, ...out],
      ['import', csv, '--map', map, ...out, '--json'],
      ...columns.map((file) => ['import', short, '--map', file, ...out]),
      ...headers.map((file) => ['import', file, '--map', map, ...out]),
    ];
  },
  'source list': () => [
    ['source', 'list'],
    ['source', 'list', '--json'],
    ['source', 'list', `--sources=${asArgument(nextText())}`],
  ],
  'identity find': () => [
    ['identity', 'find', 'email=known@example.com'],
    ['identity', 'find', 'email=known@example.com', '--json'],
    ...texts.slice(0, 50).map((text) => ['identity', 'find', '--', text.replaceAll('\0', '')]),
    ...texts.slice(0, 50).map((text) => ['identity', 'find', `email=${text.replaceAll('\0', '')}`]),
  ],
  'source check': () => {
    const document = readJson('sources/customerio.json');
    const sources = join(folder, 'sources');
    mkdirSync(sources);
    const versions = sample(hostileVersionOf([document]), 48);
    for (const [i, text] of versions.entries()) writeFileSync(join(sources, `s${i}.json`), text);
    writeFileSync(join(sources, `${asArgument(nextText())}.json`), '{');
    return [
      ['source', 'check', '--sources', sources],
      ['source', 'check', '--sources', sources, '--json'],
    ];
  },
  'source try': () => {
    const payloads = (name: string, fixture: string) =>
      sample(hostileVersionOf([readJson(`docs/examples/payloads/${fixture}.json`)]), 100).map((text, i) => [
        'source',
        'try',
        name,
        inFolder(`${name.replaceAll('/', '-')}-${i}.json`, text),
      ]);
    const documents = sample(hostileVersionOf([readJson('sources/typeform.json')]), 100);
    const response = 'docs/examples/payloads/typeform/response.json';
    return [
      ...payloads('calendly', 'calendly/created'),
      ...payloads('hubspot', 'hubspot/changes'),
      ...payloads('docs/examples/sources/salesforce.json', 'salesforce/update'),
      ...documents.map((text, i) => ['source', 'try', inFolder(`source-${i}.json`, text), response]),
      ['source', 'try', 'calendly', 'docs/examples/payloads/calendly/created.json', '--json'],
    ];
  },
  'model check': () => {
    const models = sample(hostileVersionOf([readModelFile('bant')]), 100);
    const files = [...models, ...texts.slice(0, 20)].map((text, i) => inFolder(`model-${i}.json`, text));
    return [
      ['model', 'check', ...files],
      ['model', 'check', '--json', ...files],
    ];
  },
  'model diff': () => [
    ...hostilePublished().map((file) => ['model', 'diff', model.version, file]),
    ['model', 'diff', '--json', model.version, 'models/success-ready.json'],
    ['model', 'diff', nextText(), nextText()],
  ],
  'model publish': () => [
    ...hostilePublished().map((file) => ['model', 'publish', file, ...authored()]),
    ['model', 'publish', inFolder('whole.json', JSON.stringify(smallDocument())), '--json', ...authored()],
  ],
  'model activate': () => [
    ['model', 'activate', 'small@1', ...authored()],
    ['model', 'activate', nextText(), ...authored(), '--expect', nextText()],
    ['model', 'activate', nextText(), ...authored(), '--actions', nextText()],
  ],
  'model rollback': () => [
    ['model', 'activate', 'h-0', ...authored()],
    ['model', 'activate', model.version, ...authored()],
    ['model', 'rollback', ...authored(), '--expect', nextText()],
    ['model', 'rollback', '--json', ...authored()],
  ],
  'model shadow': () => [
    ['model', 'shadow', 'small@1', ...authored()],
    ['model', 'shadow', model.version, ...authored()],
    ['model', 'shadow', nextText(), ...authored()],
    ['model', 'shadow', 'off', ...authored()],
  ],
  'model list': () => [
    ['model', 'list'],
    ['model', 'list', '--json'],
  ],
  'model history': () => [
    ['model', 'history'],
    ['model', 'history', '--json'],
  ],
  'model show': () => [
    ['model', 'show', model.version],
    ['model', 'show', '--json', model.version],
    ['model', 'show', nextText()],
  ],
  'model compare': () => {
    const a = inFolder('compare-a.json', JSON.stringify(model.document));
    const changed = { ...model.document, version: 'b', disqualifiers: [], promotions: [] };
    const b = inFolder('compare-b.json', JSON.stringify(changed));
    const file = inFolder('compare.jsonl', lines.slice(0, 300).join('\n'));
    const csv = join(folder, 'compare.csv');
    return [
      ['model', 'compare', a, b, '--events', file, '--svg', join(folder, 'compare.svg')],
      ['model', 'compare', a, b, '--events', file, '--json'],
      ['model', 'compare', a, b, '--endpoint', 'memory', '--csv', csv],
      ['model', 'compare', a, nextText(), '--events', file],
      ['model', 'compare', '--shadow'],
    ];
  },
  'model try': () => {
    const facts = { attributes: { seniority: 'executive', jobTitle: 'a' }, answers: { need: 'critical' } };
    const model = inFolder('small.json', JSON.stringify(smallDocument()));
    const files = sample(hostileVersionOf([facts]), 200).map((text, i) => inFolder(`facts-${i}.json`, text));
    return [
      ...files.map((file) => ['model', 'try', model, '--facts', file]),
      ...leadIds.slice(0, 3).map((leadId) => ['model', 'try', model, '--lead', leadId]),
    ];
  },
};

describe('the commands', () => {
  it('are all here: a new one needs calls that show what its output does with hostile texts', () =>
    expect(Object.keys(calls).toSorted()).toEqual([...commands.keys()].toSorted()));

  it.each(Object.entries(calls))('%s prints nothing that a terminal would obey', async (_, list) => {
    let printed = '';
    for (const args of list()) printed += await runPrintable(...args);
    expect(printed).not.toBe('');
  });
});

/** Returns a text as an argument: arguments have no NUL, and a path must not leave the folder of this test. */
const asArgument = (text: string): string =>
  text.replaceAll(/[\0/]/g, '').toWellFormed().slice(0, 100) || 'x';

const isFor = (option: Option): boolean => option.required && option.name() !== 'limit';

/** Returns calls of a command with a stranger's text as its arguments and as the value of one option. */
const hostileCalls = (words: string, command: Command): string[][] => {
  const inPlace = (): string => join(folder, asArgument(nextText()));
  const named = command.registeredArguments.map(() => asArgument(nextText()));
  const required = (but?: Option) =>
    command.options
      .filter((option) => option.mandatory && option !== but)
      .flatMap((option) => [`${option.long}`, inPlace()]);
  return [
    [...words.split(' '), ...required(), '--', ...named],
    [...words.split(' '), ...named.map((argument) => `-${argument}`)],
    [...words.split(' '), `--${asArgument(nextText())}`],
    ...command.options
      .filter(isFor)
      .map((option) => [
        ...words.split(' '),
        `${option.long}`,
        inPlace(),
        ...required(option),
        '--',
        ...named,
      ]),
  ];
};

describe('the arguments and options of commands', () => {
  it.each([...commands])('%s echoes them as text', async (words, command) => {
    for (const args of hostileCalls(words, command)) await runPrintable(...args);
  });
});
