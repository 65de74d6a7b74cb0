import { Readable } from 'node:stream';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { setSecret, withdrawSecret } from '../../../cli/secrets/change-secret.ts';
import { checkSecret } from '../../../cli/secrets/check-secret.ts';
import { ensureSecrets } from '../../../cli/secrets/ensure-secrets.ts';
import { generateSecret } from '../../../cli/secrets/generate-secret.ts';
import { readSecretInput } from '../../../cli/secrets/read-input.ts';
import { listSourceSecrets } from '../../../cli/secrets/source-secrets.ts';
import { listTargetSecrets } from '../../../cli/secrets/target-secrets.ts';

/** A secret of Secrets Manager, in memory. */
const stored = (initial?: string) => {
  const state = { text: initial, writes: 0 };
  const send = async (command: unknown) => {
    if (command instanceof PutSecretValueCommand) {
      state.text = command.input.SecretString;
      state.writes += 1;
      return {};
    }
    expect(command).toBeInstanceOf(GetSecretValueCommand);
    if (state.text === undefined) throw new ResourceNotFoundException({ message: 'no value', $metadata: {} });
    return { SecretString: state.text };
  };
  return { state, props: { client: { send } as never, secretId: 'arn' } };
};

const names = ({ text }: { readonly text: string | undefined }) => JSON.parse(text ?? '{}');

describe('a secret that is set', () => {
  it('is the first one, where there was no value yet', async () => {
    const { state, props } = stored();
    expect(await setSecret(props, 'crm', 'first-secret')).toBe(1);
    expect(names(state)).toEqual({ crm: ['first-secret'] });
  });

  it('leaves the one before it live, and no third', async () => {
    const { state, props } = stored('{"crm":["b","a"],"other":["x"]}');
    expect(await setSecret(props, 'crm', 'c')).toBe(2);
    expect(names(state)).toEqual({ crm: ['c', 'b'], other: ['x'] });
  });

  it('is not live twice', async () => {
    const { state, props } = stored('{"crm":["b","a"]}');
    expect(await setSecret(props, 'crm', 'b')).toBe(2);
    expect(names(state)).toEqual({ crm: ['b', 'a'] });
    expect(await setSecret(props, 'crm', 'a')).toBe(2);
    expect(names(state)).toEqual({ crm: ['a', 'b'] });
  });

  it('does not overwrite what has another form, and does not quote it', async () => {
    for (const text of ['{"crm":"hush"}', '["hush"]', 'hush', '{"crm":[]}', '{"crm":[1]}']) {
      const { state, props } = stored(text);
      const failure = await setSecret(props, 'crm', 'c').catch((error: Error) => error);
      expect(failure).toMatchObject({ code: 'SECRETS_UNREADABLE' });
      expect(String(failure)).not.toContain('hush');
      expect(state.writes).toBe(0);
    }
  });
});

describe('a secret that is withdrawn', () => {
  it('is the older of two', async () => {
    const { state, props } = stored('{"crm":["b","a"],"other":["x"]}');
    await withdrawSecret(props, 'crm');
    expect(names(state)).toEqual({ crm: ['b'], other: ['x'] });
  });

  it.each([
    ['{"crm":["b"]}', 'crm has one secret; allowed: a name with two, of which the older is withdrawn'],
    ['{}', 'crm has no secret; allowed: a name with two, of which the older is withdrawn'],
  ])('is never the only one: %s', async (text, message) => {
    const { state, props } = stored(text);
    await expect(withdrawSecret(props, 'crm')).rejects.toMatchObject({
      code: 'NOTHING_TO_WITHDRAW',
      message,
    });
    expect(state.writes).toBe(0);
  });
});

describe('the secrets of a local stack', () => {
  const uses = [
    { name: 'crm', form: 'signing' },
    { name: 'std', form: 'whsec' },
    { name: 'chat', form: 'slack-url' },
  ] as const;

  it('are generated if they are missing, but for what only a tool can give', async () => {
    const { state, props } = stored();
    await ensureSecrets(props, uses);
    expect(names(state)).toEqual({
      crm: [expect.stringMatching(/^[\w-]{43}$/)],
      std: [expect.stringMatching(/^whsec_[\w+/]{43}=$/)],
    });
  });

  it('stay as they are once they are there', async () => {
    const { state, props } = stored('{"crm":["b","a"],"std":["s"]}');
    await ensureSecrets(props, uses);
    expect(state.writes).toBe(0);
  });
});

describe('a generated secret', () => {
  it.each(['signing', 'whsec'] as const)('has its form, and is another each time: %s', (form) => {
    const secrets = [generateSecret(form), generateSecret(form)];
    for (const secret of secrets) expect(() => checkSecret(secret, form)).not.toThrow();
    expect(secrets[0]).not.toBe(secrets[1]);
  });

  it.each(['slack-url', 'token'] as const)('is none that only the tool can give: %s', (form) => {
    expect(() => generateSecret(form)).toThrow(/made in .*; set it with --set$/);
  });
});

describe('a secret from standard input', () => {
  const read = (text: string) => readSecretInput(Readable.from([text]) as never);

  it('is what was given, without the line break at its end', async () => {
    expect(await Promise.all(['abc', 'abc\n', 'abc\r\n', 'abc\n\n'].map(read))).toEqual([
      'abc',
      'abc',
      'abc',
      'abc\n',
    ]);
  });

  it.each([
    ['short', 'signing', 'given 5 characters; allowed: 8 to 1024 characters on standard input'],
    ['two words here', 'signing', 'given a text with a space, a line break or a special character'],
    ['two\nlines-here', 'token', 'given a text with a space, a line break or a special character'],
    ['whsec_tooShort', 'whsec', 'given a text of another form; allowed: whsec_ and 24 to 64 bytes in base64'],
    [
      'not-a-url-at-all',
      'slack-url',
      'given a text of another form; allowed: the URL of an incoming webhook',
    ],
    [
      'https://hooks.slack.com/triggers/T0/1/x',
      'slack-url',
      'given a text of another form; allowed: the URL of an incoming webhook',
    ],
  ] as const)('is refused without being quoted: %j as %s', (given, form, message) => {
    expect(() => checkSecret(given, form)).toThrow(message);
    expect(() => checkSecret(given, form)).not.toThrow(given);
  });

  it.each([
    ['0123456789abcdef', 'signing'],
    ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec'],
    ['https://hooks.slack.com/services/T0/B0/x', 'slack-url'],
    ['pat-eu1-1234', 'token'],
  ] as const)('is taken: %j as %s', (given, form) => {
    expect(() => checkSecret(given, form)).not.toThrow();
  });
});

describe('the secrets that documents name', () => {
  it('are those of the shipped sources, with their forms', () => {
    expect(listSourceSecrets('sources')).toContainEqual({ name: 'hubspot', form: 'signing' });
    expect(listSourceSecrets('sources')).toContainEqual({ name: 'standard-webhooks', form: 'whsec' });
  });

  it('are none of partner buses, which sign nothing', () => {
    expect(listSourceSecrets('docs/examples/sources')).toEqual([]);
  });

  it('are those of targets', () => {
    expect(listTargetSecrets('test/infra/integrations/deliveries')).toEqual([
      { name: 'sales-crm', form: 'whsec' },
    ]);
  });
});
