import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LocalStack, LocalStackProps } from '../../../infra/local/stack.ts';
import { run } from './run.ts';
import { lambda, ref, type TemplateResource } from './template.ts';

const secret = (Properties: object = {}): TemplateResource => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties,
});
const generated = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };
const resources = {
  Empty: secret({ Description: 'nothing yet', KmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/k' }),
  Key: secret(generated),
  Reads: {
    ...lambda('reads'),
    Properties: { ...lambda('reads').Properties, Environment: { Variables: { KEY_ID: ref('Key') } } },
  },
};
/** Tells what a function sees of its environment. */
const reads = 'export const handler = async () => ({ ...process.env });';

const start = (props: Partial<LocalStackProps> = {}, more: Readonly<Record<string, TemplateResource>> = {}) =>
  run({ ...resources, ...more }, { reads }, props);

const clientOf = ({ endpoint }: LocalStack): SecretsManagerClient => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:000000000000:secret:App-${name}`;
const read = async (stack: LocalStack, SecretId: string) =>
  (await clientOf(stack).send(new GetSecretValueCommand({ SecretId }))).SecretString;
const put = (stack: LocalStack, SecretId: string, SecretString: string) =>
  clientOf(stack).send(new PutSecretValueCommand({ SecretId, SecretString }));

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

describe('Secrets Manager of a local stack', () => {
  it('generates a value that is to be generated, of the length and characters that are asked for', async () => {
    const stack = await start();
    expect(await read(stack, arn('Key'))).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(await read(stack, 'App-Key')).toBe(await read(stack, arn('Key')));
  });

  it('has no value of a secret that nobody has set, and says so as AWS does', async () => {
    const stack = await start();
    await expect(read(stack, arn('Empty'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const described = await clientOf(stack).send(new DescribeSecretCommand({ SecretId: 'App-Empty' }));
    expect(described).toMatchObject({ ARN: arn('Empty'), Name: 'App-Empty' });
    expect(described.VersionIdsToStages).toBeUndefined();
  });

  it('gives back what was put last', async () => {
    const stack = await start();
    await put(stack, arn('Empty'), '{"crm":["one"]}');
    await put(stack, 'App-Empty', '{"crm":["two","one"]}');
    expect(await read(stack, arn('Empty'))).toBe('{"crm":["two","one"]}');
  });

  it('refuses a secret that the app does not have, and names those that it has', async () => {
    const stack = await start();
    await expect(read(stack, 'other')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret other; allowed are App-Empty, App-Key",
    });
  });

  it('refuses what it would do otherwise than AWS', async () => {
    const stack = await start();
    const previous = new GetSecretValueCommand({ SecretId: 'App-Key', VersionStage: 'AWSPREVIOUS' });
    await expect(clientOf(stack).send(previous)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const json = { GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'key' } };
    await expect(start({}, { Json: secret(json) })).rejects.toMatchObject({ code: 'RESOURCE_INVALID' });
  });

  it('is what functions ask, which may send to this machine, unlike on AWS', async () => {
    const stack = await start();
    const { response } = (await stack.invoke('Reads', {})) as { response: Record<string, string> };
    expect(response).toMatchObject({
      AWS_ENDPOINT_URL_SECRETS_MANAGER: stack.endpoint,
      KEY_ID: arn('Key'),
      ALLOW_LOOPBACK_TARGETS: 'true',
    });
  });
});

describe('the secrets in a data folder', () => {
  it('are there after a restart, in a file that only its user may read', async () => {
    const dataFolder = temporaryFolder();
    const first = await start({ dataFolder });
    await put(first, 'App-Empty', '{"crm":["one"]}');
    const key = await read(first, 'App-Key');
    await first.close();
    const file = join(dataFolder, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await start({ dataFolder });
    expect([await read(second, 'App-Empty'), await read(second, 'App-Key')]).toEqual([
      '{"crm":["one"]}',
      key,
    ]);
  });

  it('are refused if others can read the file, which stays as it is', async () => {
    const dataFolder = temporaryFolder();
    await (await start({ dataFolder })).close();
    const file = join(dataFolder, 'secrets.json');
    const before = readFileSync(file, 'utf8');
    chmodSync(file, 0o640);
    await expect(start({ dataFolder })).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringMatching(/secrets\.json: others can read it: its mode is 640, allowed is 600/),
    });
    expect([statSync(file).mode & 0o777, readFileSync(file, 'utf8')]).toEqual([0o640, before]);
  });

  it('are refused if the file is damaged, without quoting it', async () => {
    const dataFolder = temporaryFolder();
    await (await start({ dataFolder })).close();
    const file = join(dataFolder, 'secrets.json');
    for (const text of ['{"hush', '{"App-Key":"hush"}']) {
      writeFileSync(file, text);
      const failure = await start({ dataFolder }).catch((error: Error) => error);
      expect(failure).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
      expect(String(failure)).not.toContain('hush');
    }
  });

  it('are only in memory without a folder', async () => {
    const stack = await start();
    await put(stack, 'App-Empty', '{}');
    expect(existsSync(join(process.cwd(), 'secrets.json'))).toBe(false);
  });
});
