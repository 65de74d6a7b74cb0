import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../infra/constructs/environment-credentials.ts';

const given = (variables: Record<string, string>): void => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
    vi.stubEnv(name, variables[name]);
  }
};
afterEach(() => vi.unstubAllEnvs());

describe('the credentials of a function', () => {
  it('are those that Lambda puts into its environment', async () => {
    given({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' });
    expect(await defaultProvider()()).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  it('need no session token, as on one machine', async () => {
    given({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' });
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  it('are missed in words when there are none', async () => {
    given({ AWS_ACCESS_KEY_ID: 'id' });
    await expect(defaultProvider()()).rejects.toThrow(/AWS_SECRET_ACCESS_KEY/);
  });
});
