import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '../../../infra/local/resource-types.ts';
import { dueIndex } from '../../../shared/keys/index.ts';
import { callsInCode } from '../../security/grants/calls-in-code.ts';
import { compare, findDenied } from '../../security/grants/compare.ts';
import { collectDenials } from '../../security/grants/denied.ts';
import { collectGrants } from '../../security/grants/granted.ts';
import { ofLambdaItself } from '../../security/grants/lambda-itself.ts';
import { many } from '../../security/grants/statement.ts';
import { ofType } from '../../security/grants/template.ts';
import { leads, words } from '../../security/scenario/every-path.ts';
import { integrationWords } from '../../security/scenario/integrations.ts';
import { type RecordedRun, recordRun } from './recorded-run.ts';

const services = readdirSync('functions');

/** Calls that the code of a function can make and that need not happen in the run. */
const neverMade: Readonly<Record<string, readonly string[]>> = {
  // The object of follow-ups includes those of hand-off.
  'start-nurture': ['Query', 'TransactWriteItems'],
  // The objects of the ledger and of models include what other functions write.
  'answer-queries': ['TransactWriteItems'],
  // It pokes itself only while a backlog is longer than one run may be.
  'send-deliveries': ['SendMessage'],
  // By the time that it is called, answer-queries has made the secret of cursors.
  'manage-quarantine': ['UpdateItem'],
};

/** Calls without a command of the SDK: the reader of anchors sends its own requests. */
const ofAnchors = ['GetObject', 'ListObjectsV2'];
const withoutCommand: Readonly<Record<string, readonly string[]>> = {
  'take-requests': ofAnchors,
  'manage-quarantine': ofAnchors,
};

/** Rights, and values that a condition allows, that calls need at some times only. */
const notAlways: Readonly<Record<string, RegExp>> = {
  // Yesterday's canary is erased in the first hour of the day.
  'send-canary': / with events:detail-type LeadErasureRequested$/,
  // The deadline of a hand-off passes and a nurture track begins later, if at all.
  'advance-leads': /^sqs:SendMessage on sqs:.*(HandOff|StartNurture)EventsQueue/,
  // Only a backlog that is longer than one run may be makes it poke itself.
  'send-deliveries': /^sqs:SendMessage on sqs:.*SendDeliveriesEventsQueue/,
  // Each environment counts in the partition that it has drawn.
  'count-funnel': / with dynamodb:LeadingKeys FUNNEL#\d/,
  'recount-funnel': / with dynamodb:LeadingKeys FUNNEL#\d/,
  // A pass ends a quarter of a minute after its last request, and a rescoring after several passes.
  'rescore-leads':
    /^dynamodb:UpdateItem on .* (status|passStartedAt|requestedBefore|fewest|idlePasses|doneAt|left)\b/,
  // Only a check that has findings notes them.
  'check-drift': /^dynamodb:UpdateItem on .* with dynamodb:Attributes findings$/,
  // The secret of cursors is made by whichever function needs it first.
  'manage-quarantine': /^dynamodb:UpdateItem on .*-Requests\w+ with dynamodb:LeadingKeys SECRET$/,
};

let run: RecordedRun;
beforeAll(async () => {
  run = await recordRun();
  // A rescoring is part of it: on a busy machine that takes longer than 300 s.
}, 560_000);

/** Returns the name of a function in its calls. */
const readCaller = ({ properties }: Resource): string => {
  const { Variables } = properties.Environment as { Variables: Record<string, string> };
  return String(Variables.AWS_SDK_UA_APP_ID).replace(/\/PTEnv\/$/, '');
};

const findFunction = (service: string): Resource => {
  const found = ofType(run.assembly, 'AWS::Lambda::Function').filter((fn) => readCaller(fn) === service);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} functions ${service}`);
  return found[0];
};

const findUses = (service: string) => run.recorder.uses().filter(({ caller }) => caller === service);

describe('the recorded run', () => {
  it('knows of each call what it takes and who made it', () => {
    expect(run.recorder.unread()).toEqual([]);
    const callers = new Set(run.recorder.uses().map(({ caller }) => caller));
    expect([...callers].filter((caller) => !services.includes(caller))).toEqual([]);
  });

  it('goes without an error', () => {
    expect(run.lines.filter((line) => line.includes('"ERROR"'))).toEqual([]);
    for (const { errors } of Object.values(run.counts)) expect(errors).toBe(0);
  });

  it.each(services)('makes every call that the code of %s can make', async (service) => {
    const made = new Set(findUses(service).map(({ operation }) => operation));
    const never = neverMade[service] ?? [];
    // On a slow machine some of them are made after all.
    const possible = [...(await callsInCode(service)), ...(withoutCommand[service] ?? [])];
    expect([...new Set([...made, ...never])].sort()).toEqual(possible.sort());
  });
});

describe('the role of a function', () => {
  it.each(services)('allows %s what it used, what Lambda needs for it, and nothing else', (service) => {
    const fn = findFunction(service);
    const needed = [...findUses(service), ...ofLambdaItself(run.assembly, fn).flatMap(({ uses }) => uses)];
    const { missing, unused } = compare(collectGrants(run.assembly, fn), needed);
    const rare = (right: string) => notAlways[service]?.test(right);
    expect({ missing, unused: unused.filter((right) => !rare(right)) }).toEqual({ missing: [], unused: [] });
  });

  it.each([
    ['start-nurture', []],
    ['hand-off', []],
    ['count-funnel', []],
    ['recount-funnel', []],
    ['erase-lead', ['changes', 'commitment', 'detail', 'facts', 'salt', 'silent', 'standing']],
  ])('lets %s change no attribute that a state, an entry or a model has, but %j', (service, erasable) => {
    const items = findUses('score-leads').filter(({ action }) => action === 'dynamodb:PutItem');
    const written = new Set(items.flatMap(({ context }) => context['dynamodb:Attributes'] ?? []));
    const allowed = collectGrants(run.assembly, findFunction(service))
      .filter(({ action, resource }) => action === 'dynamodb:UpdateItem' && /-Leads[0-9A-F]+$/.test(resource))
      .flatMap(({ condition }) =>
        many(condition['ForAllValues:StringEquals']?.['dynamodb:Attributes'] ?? []),
      );
    // The index by due time contains states, hand-offs and nurture by the same attributes.
    for (const name of [dueIndex.partitionKey, dueIndex.sortKey]) written.delete(name);
    expect(allowed.length).toBeGreaterThan(3);
    expect([...new Set(allowed)].filter((name) => written.has(name)).sort()).toEqual(
      [...erasable, 'pk', 'sk'].sort(),
    );
  });

  it.each(services)('allows %s nothing that it used and that a bucket denies', (service) => {
    expect(findDenied(collectDenials(run.assembly), findUses(service))).toEqual([]);
  });

  it('is no other function’s', () => {
    const functions = ofType(run.assembly, 'AWS::Lambda::Function');
    expect(functions.map(readCaller).sort()).toEqual([...services].sort());
    const roles = functions.map(({ properties }) => JSON.stringify(properties.Role));
    expect(new Set(roles).size).toBe(functions.length);
  });
});

describe('what the functions printed', () => {
  it('is there, of each of them', () => {
    const printed = new Set(run.lines.flatMap((line) => /"service":"([a-z-]+)"/.exec(line)?.[1] ?? []));
    expect([...printed].sort()).toEqual([...services].sort());
  });

  it('holds no id of a lead, and nothing that was said of one', () => {
    expect(run.leadIds.length).toBeGreaterThan(20);
    const secret = [
      ...run.leadIds,
      ...Object.values(leads),
      ...Object.values(words),
      ...Object.values(integrationWords),
    ];
    const printed = run.lines.join('\n').toLowerCase();
    expect(secret.filter((word) => printed.includes(word.toLowerCase()))).toEqual([]);
  });
});
