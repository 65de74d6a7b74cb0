import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkConcurrency } from '../../../cli/doctor/aws/check-concurrency.ts';
import { checkBootstrap, checkBus, checkStacks } from '../../../cli/doctor/aws/check-stacks.ts';
import { ask } from '../../../cli/doctor/aws/look.ts';
import { checkAccount, checkAccountQuickly } from '../../../cli/doctor/index.ts';
import {
  describedStack,
  type FakeAws,
  identityOf,
  json,
  jsonError,
  noSuchStack,
  startFakeAws,
  xmlError,
} from '../../support/fake-aws.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { folder, inFolder } = temporaryFiles();
const region = 'eu-central-1';
const account = '123456789012';
const config = { region };
const bootstrapped = describedStack('UPDATE_COMPLETE', { BootstrapVersion: '25' });

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws.close());

// The credentials and the configuration of this machine must play no part.
beforeEach(() => {
  for (const name of [
    'AWS_PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AMAZON_REGION',
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'no-config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'no-credentials'));
});
afterEach(() => vi.unstubAllEnvs());

const quickly = (context: Record<string, string> = { region }, profile?: string) =>
  checkAccountQuickly({ context, profile, toolkit: 'CDKToolkit' });

describe('a quick look at an account', () => {
  it('finds the region, the credentials and the bootstrap', async () => {
    aws.answer({ sts: identityOf(account), cloudformation: bootstrapped });
    expect(await quickly()).toEqual([
      { check: 'region', result: 'ok', found: 'eu-central-1 (-c region)' },
      { check: 'credentials', result: 'ok', found: `account ${account}, arn:aws:iam::${account}:user/a` },
      { check: 'CDK bootstrap', result: 'ok', found: 'version 25 in eu-central-1' },
    ]);
    expect(aws.asked).toEqual([`sts ${region}`, `cloudformation ${region}`]);
  });

  it.each([
    ['AWS_REGION', 'eu-west-1'],
    ['AWS_DEFAULT_REGION', 'eu-west-2'],
  ])('takes the region of %s, as the CDK does', async (name, value) => {
    vi.stubEnv(name, value);
    aws.answer({ sts: identityOf(account), cloudformation: bootstrapped });
    expect((await quickly({}))[0]).toMatchObject({ result: 'ok', found: `${value} (${name})` });
    expect(aws.asked[0]).toBe(`sts ${value}`);
  });

  it('takes the region and the credentials of a profile', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', inFolder('config', '[profile shop]\nregion = ap-south-1\n'));
    const keys = '[shop]\naws_access_key_id = AKIDSHOP\naws_secret_access_key = s\n';
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', inFolder('credentials', keys));
    aws.answer({ sts: identityOf(account), cloudformation: bootstrapped });
    const findings = await quickly({}, 'shop');
    expect(findings.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
    expect(findings[0]?.found).toBe('ap-south-1 (the AWS configuration)');
  });

  it.each(['', ' ', 'europe', 'eu central 1', 'eu-central-1.example'])(
    'asks nobody in a region that has no name of one: %j',
    async (given) => {
      aws.answer({});
      expect(await quickly({ region: given })).toEqual([
        {
          check: 'region',
          result: 'problem',
          found: `-c region: given ${JSON.stringify(given)}; allowed: the name of a region`,
          todo: 'name it, such as `-c region=eu-central-1`',
        },
      ]);
      expect(aws.asked).toEqual([]);
    },
  );

  it('asks nobody without a region, and says which one the CDK would take', async () => {
    aws.answer({});
    expect(await quickly({})).toMatchObject([
      { check: 'region', result: 'problem', found: expect.stringContaining('us-east-1') },
    ]);
    expect(aws.asked).toEqual([]);
  });

  it('finds that there are no credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const [, found, ...more] = await quickly();
    expect(found).toMatchObject({
      check: 'credentials',
      result: 'problem',
      found: expect.stringMatching(/^no credentials/),
      todo: expect.stringContaining('AWS_PROFILE'),
    });
    expect(more).toEqual([]);
  });

  it.each([
    ['ExpiredToken', 'the credentials have expired'],
    ['InvalidClientTokenId', 'AWS does not accept the credentials'],
    ['SignatureDoesNotMatch', 'AWS does not accept the credentials'],
  ])('finds credentials that AWS refuses: %s', async (code, said) => {
    aws.answer({ sts: xmlError(code, 'The token is bad') });
    const [, found] = await quickly();
    expect(found).toMatchObject({ check: 'credentials', result: 'problem', todo: expect.any(String) });
    expect(found?.found).toContain(said);
    expect(found?.found).toContain('The token is bad');
  });

  it('finds credentials of another account than the context names', async () => {
    aws.answer({ sts: identityOf(account) });
    const [, found] = await quickly({ region, account: '999999999999' });
    expect(found).toMatchObject({
      result: 'problem',
      found: expect.stringContaining('-c account names 999999999999'),
    });
  });

  it('finds that AWS can not be reached', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    const [, found] = await quickly();
    expect(found).toMatchObject({
      result: 'problem',
      found: expect.stringMatching(/^AWS could not be asked \(ECONNREFUSED/),
    });
  });

  it('leaves the bootstrap alone if nothing is to be deployed, and looks for one of another name', async () => {
    aws.answer({
      sts: identityOf(account),
      cloudformation: noSuchStack,
      'cloudformation Ours': bootstrapped,
    });
    expect(await checkAccountQuickly({ context: { region } })).toHaveLength(2);
    expect(await checkAccountQuickly({ context: { region }, toolkit: 'Ours' })).toMatchObject([
      { result: 'ok' },
      { result: 'ok' },
      { result: 'ok' },
    ]);
  });

  it('finds an account that is not bootstrapped, and says the command', async () => {
    aws.answer({ sts: identityOf(account), cloudformation: noSuchStack });
    expect((await quickly()).at(-1)).toMatchObject({
      result: 'problem',
      found: `account ${account} is not bootstrapped in ${region}`,
      todo: expect.stringContaining(`npx cdk bootstrap aws://${account}/${region}`),
    });
  });
});

describe('a question to AWS', () => {
  it('is given up in time, whatever happens', async () => {
    const answer = await ask(() => new Promise(() => {}), 50);
    expect(answer).toEqual({ failure: { name: 'TimeoutError', message: 'no answer within 0.05 s' } });
  });

  it('ends soon if a server takes the connection and is silent', async () => {
    aws.answer({ cloudformation: 'silence' });
    expect(await checkBootstrap(config, account)).toMatchObject({
      result: 'unknown',
      found: expect.stringMatching(/^could not look \(Timeout/),
    });
  });
});

describe('a permission that is missing', () => {
  const denied = 'User: a is not authorized to perform that';

  it.each([
    ['cloudformation:DescribeStacks', () => checkBootstrap(config, account)],
    ['cloudformation:DescribeStacks', async () => (await checkStacks(config, ['Sluice-dev-Stateful']))[0]],
    ['lambda:GetAccountSettings', () => checkConcurrency(config, 52)],
    ['events:DescribeEventBus', () => checkBus(config, 'Sluice-dev', 'Sluice-dev-Stateful')],
  ])('is named, and is no problem by itself: %s', async (right, check) => {
    aws.answer({
      cloudformation: xmlError('AccessDenied', denied),
      lambda: jsonError('AccessDeniedException', denied, 403),
      events: jsonError('AccessDeniedException', denied),
    });
    expect(await check()).toMatchObject({ result: 'unknown', found: `could not look, needs ${right}` });
  });
});

describe('the concurrency of Lambda', () => {
  const limit = (free: number) =>
    json({ AccountLimit: { ConcurrentExecutions: free, UnreservedConcurrentExecutions: free } });

  it.each([
    [10, 'problem'],
    [51, 'problem'],
    [52, 'ok'],
    [1000, 'ok'],
  ])('of %i executions is compared with 52 that the queues ask for: %s', async (free, result) => {
    aws.answer({ lambda: limit(free) });
    const finding = await checkConcurrency(config, 52);
    expect(finding).toMatchObject({ result, found: expect.stringContaining(`${free} executions at once`) });
    if (result === 'problem') expect(finding.todo).toContain('request-service-quota-increase');
  });

  it('is unknown if the answer names none', async () => {
    aws.answer({ lambda: json({}) });
    expect(await checkConcurrency(config, 52)).toMatchObject({ result: 'unknown' });
  });
});

describe('a stack', () => {
  it.each([
    ['UPDATE_COMPLETE', 'ok', undefined],
    ['UPDATE_ROLLBACK_COMPLETE', 'ok', undefined],
    ['CREATE_IN_PROGRESS', 'problem', 'wait'],
    ['ROLLBACK_COMPLETE', 'problem', 'delete-stack'],
    ['ROLLBACK_FAILED', 'problem', 'delete-stack'],
    ['DELETE_FAILED', 'problem', 'delete-stack'],
    ['UPDATE_ROLLBACK_FAILED', 'problem', 'continue-update-rollback'],
  ])('that is %s: %s', async (status, result, todo) => {
    aws.answer({ cloudformation: describedStack(status) });
    const [finding] = await checkStacks(config, ['Sluice-prod-Stateful']);
    expect(finding).toMatchObject({ result, ...(todo && { todo: expect.stringContaining(todo) }) });
  });

  it('that is not there will be created', async () => {
    aws.answer({ cloudformation: noSuchStack });
    expect(await checkStacks(config, ['A', 'B'])).toMatchObject([{ result: 'ok' }, { result: 'ok' }]);
  });
});

describe('the name of the bus', () => {
  const taken = json({ Name: 'Sluice-prod', Arn: 'arn' });
  const check = () => checkBus(config, 'Sluice-prod', 'Sluice-prod-Stateful');

  it('is free, or belongs to the stack', async () => {
    aws.answer({ events: jsonError('ResourceNotFoundException', 'none'), cloudformation: noSuchStack });
    expect(await check()).toMatchObject({ result: 'ok', found: 'the name is free' });
    aws.answer({ events: taken, cloudformation: describedStack('CREATE_COMPLETE') });
    expect(await check()).toMatchObject({ result: 'ok', found: 'belongs to Sluice-prod-Stateful' });
  });

  it('is taken by a bus that a failed deployment left behind', async () => {
    aws.answer({ events: taken, cloudformation: noSuchStack });
    expect(await check()).toMatchObject({
      result: 'problem',
      todo: expect.stringContaining('aws events delete-event-bus --name Sluice-prod'),
    });
  });
});

describe('the look at an account', () => {
  const all = {
    sts: identityOf(account),
    'cloudformation CDKToolkit': bootstrapped,
    cloudformation: noSuchStack,
    lambda: json({ AccountLimit: { UnreservedConcurrentExecutions: 1_000 } }),
    events: jsonError('ResourceNotFoundException', 'none'),
  };

  it('covers the whole road, with the resources and the cost of the deployment', async () => {
    aws.answer(all);
    const topic = `arn:aws:sns:${region}:${account}:on-call`;
    const model = 'models/success-ready.json';
    const context = { environment: 'prod', name: 'shop', region, alarmTopicArn: topic, model };
    const findings = await checkAccount({ context });
    expect(findings.filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'region',
      'credentials',
      'CDK bootstrap',
      'Lambda concurrency',
      'stack shop-prod-Stateful',
      'stack shop-prod-Stateless',
      'bus shop-prod',
      'alarm topic',
      'resources',
      'cost',
    ]);
    const found = Object.fromEntries(findings.map((each) => [each.check, each.found]));
    expect(found['Lambda concurrency']).toBe('1000 executions at once, and full queues ask for 60');
    expect(found.resources).toMatch(
      /^\d{3} resources in shop-prod-Stateful, shop-prod-Stateless: .*5 DynamoDB::GlobalTable/,
    );
    expect(Number(/at most ([\d.]+) USD/.exec(found.cost ?? '')?.[1])).toBeGreaterThan(20);
  });

  it('covers the stacks of the console', async () => {
    aws.answer(all);
    const findings = await checkAccount({ context: { region, console: 'true', signIn: 'cognito' } });
    expect(findings.filter(({ result }) => result !== 'ok')).toEqual([]);
    const stacks = findings.flatMap(({ check }) => /^stack (.*)/.exec(check)?.[1] ?? []);
    expect(stacks.sort()).toEqual([
      'Sluice-dev-Console',
      'Sluice-dev-SignIn',
      'Sluice-dev-Stateful',
      'Sluice-dev-Stateless',
    ]);
  });

  it('finds a topic of another region than that of the environment', async () => {
    vi.stubEnv('AWS_REGION', 'us-east-1');
    aws.answer(all);
    const alarmTopicArn = `arn:aws:sns:${region}:${account}:on-call`;
    const context = { environment: 'prod', alarmTopicArn, model: 'models/success-ready.json' };
    const findings = await checkAccount({ context });
    expect(findings.filter(({ result }) => result === 'problem')).toMatchObject([
      {
        check: 'alarm topic',
        found: expect.stringMatching(/in eu-central-1, and the stacks are in us-east-1/),
      },
    ]);
  });

  it('finds a context value that is not allowed, and looks at the rest all the same', async () => {
    aws.answer(all);
    const findings = await checkAccount({ context: { region, enviroment: 'prod' } });
    expect(findings).toContainEqual({
      check: 'deployment',
      result: 'problem',
      found: expect.stringMatching(/^context enviroment: unknown name; .*did you mean environment\?$/),
      todo: expect.any(String),
    });
    expect(findings.filter(({ result }) => result === 'ok').map(({ check }) => check)).toEqual([
      'region',
      'credentials',
      'CDK bootstrap',
    ]);
  });
});
