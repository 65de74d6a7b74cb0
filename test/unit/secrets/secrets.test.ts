import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createIdentityKey, createSecrets } from '../../../shared/secrets/index.ts';

const minute = 60_000;

/** Secrets Manager with one secret, and a clock. */
const createWorld = (initial: unknown) => {
  let [value, time, reads, isDown] = [initial, 0, 0, false];
  const stale: unknown[] = [];
  const send = async (command: unknown) => {
    expect(command).toBeInstanceOf(GetSecretValueCommand);
    reads++;
    await Promise.resolve();
    if (isDown) throw new Error('no network');
    if (value === undefined) throw new ResourceNotFoundException({ message: 'no value', $metadata: {} });
    return { SecretString: typeof value === 'string' ? value : JSON.stringify(value) };
  };
  const client = { send } as never;
  return {
    client,
    secrets: createSecrets({
      client,
      secretId: 'sources',
      now: () => time,
      onStale: (error) => stale.push(error),
    }),
    stale,
    reads: () => reads,
    store: (next: unknown) => {
      value = next;
    },
    pass: (ms: number) => {
      time += ms;
    },
    fail: (fails: boolean) => {
      isDown = fails;
    },
  };
};

const both = { hubspot: ['the new one', 'the old one'], typeform: ['one secret'] };

describe('secrets', () => {
  it('are read by name, newest first', async () => {
    const { secrets } = createWorld(both);
    expect(await secrets.read('hubspot')).toEqual(['the new one', 'the old one']);
    expect(await secrets.read('typeform')).toEqual(['one secret']);
  });

  it('are none for a name that is not there, also for one that objects have', async () => {
    const { secrets } = createWorld(both);
    for (const name of ['calendly', 'constructor', '__proto__']) expect(await secrets.read(name)).toEqual([]);
  });

  it('are none as long as nobody has stored any', async () => {
    const { secrets, store, pass } = createWorld(undefined);
    expect(await secrets.read('hubspot')).toEqual([]);
    store(both);
    pass(minute);
    expect(await secrets.read('hubspot')).toHaveLength(2);
  });

  it('are read once by many who ask at once, and again after five minutes', async () => {
    const { secrets, reads, store, pass } = createWorld(both);
    await Promise.all(Array.from({ length: 20 }, () => secrets.read('hubspot')));
    expect(reads()).toBe(1);
    store({ hubspot: ['a third one'] });
    pass(5 * minute - 1);
    expect(await secrets.read('hubspot')).toHaveLength(2);
    pass(1);
    expect(await secrets.read('hubspot')).toEqual(['a third one']);
    expect(reads()).toBe(2);
  });

  it('are read again at most once a minute if none fits or a name misses', async () => {
    const { secrets, reads, store, pass } = createWorld(both);
    await secrets.read('hubspot');
    store({ hubspot: ['a third one'] });
    expect(await secrets.readAgain('hubspot')).toHaveLength(2);
    expect(await secrets.read('calendly')).toEqual([]);
    expect(reads()).toBe(1);
    pass(minute);
    expect(await secrets.readAgain('hubspot')).toEqual(['a third one']);
    for (let i = 0; i < 10; i++) await secrets.readAgain('hubspot');
    expect(reads()).toBe(2);
  });

  it('that were read before serve for an hour if the store fails', async () => {
    const { secrets, pass, fail, stale } = createWorld(both);
    await secrets.read('hubspot');
    fail(true);
    pass(60 * minute);
    expect(await secrets.read('hubspot')).toHaveLength(2);
    expect(stale).toHaveLength(1);
    pass(minute);
    await expect(secrets.read('hubspot')).rejects.toThrow('no network');
    fail(false);
    expect(await secrets.read('hubspot')).toHaveLength(2);
  });

  it.each([
    ['not JSON at all', 'a text that is no JSON'],
    ['["a secret of a list"]', 'JSON that is no object'],
    [{ hubspot: 'a secret as text' }, 'a value that is no list'],
    [{ hubspot: [] }, '0 secrets'],
    [{ hubspot: ['secret number 1', 'secret number 2', 'secret number 3'] }, '3 secrets'],
    [{ hubspot: ['a secret that is long enough', 'secret7'] }, 'a secret that is too short'],
    [{ hubspot: [{ secret: 'in an object' }] }, 'a secret that is no text'],
  ])('in another form are an error that says so, and quotes none: %j', async (value, given) => {
    const { secrets } = createWorld(value);
    const error = await secrets.read('hubspot').then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code: 'SECRET_FORMAT' });
    expect(error?.message).toMatch(/^secret sources: given .*; allowed: /);
    expect(error?.message).toContain(given);
    expect(error?.message).not.toMatch(/secret number|secret7|long enough|as text|of a list|in an object/);
  });

  it('of one name in another form stop no other name', async () => {
    const { secrets } = createWorld({ ...both, calendly: 'x' });
    expect(await secrets.read('typeform')).toEqual(['one secret']);
    await expect(secrets.read('calendly')).rejects.toThrow('of the name calendly');
  });
});

describe('the identity key', () => {
  it('is read once, and again after a failure', async () => {
    const { client, reads, fail } = createWorld('k'.repeat(64));
    const key = createIdentityKey({ client, secretId: 'key' });
    fail(true);
    await expect(key()).rejects.toThrow('no network');
    fail(false);
    expect(await key()).toBe('k'.repeat(64));
    await key();
    expect(reads()).toBe(2);
  });

  it('that is missing is an error: with another one nobody would be known', async () => {
    const { client } = createWorld('short');
    await expect(createIdentityKey({ client, secretId: 'key' })()).rejects.toMatchObject({
      code: 'MISSING_IDENTITY_KEY',
    });
  });
});
