import { describe, expect, it } from 'vitest';
import { readConsoleSettings } from '../../../infra/console-settings.ts';

const read = (values: Readonly<Record<string, unknown>>) =>
  readConsoleSettings((key) => new Map(Object.entries(values)).get(key));

const ofIssuer = { console: 'true', issuer: 'https://id.example.com', audience: 'sluice', clientId: 'web' };
const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/1b2c';

describe('the settings of the console', () => {
  it.each([{}, { console: 'false' }, { console: false, issuer: 'https://id.example.com' }])(
    'are none where nobody asks for the console: %j',
    (values) => {
      expect(read(values)).toBeUndefined();
    },
  );

  it('are a client at an issuer, and the scopes that it asks for', () => {
    expect(read(ofIssuer)).toEqual({
      signIn: {
        by: 'issuer',
        clientId: 'web',
        scope: 'openid sluice/viewer sluice/seller sluice/admin',
        origins: [],
      },
      domain: undefined,
    });
    const scope = 'openid api://1a2b/sluice/seller';
    expect(read({ ...ofIssuer, console: true, scope })?.signIn).toMatchObject({ scope });
  });

  it('are a user pool that is deployed as well', () => {
    expect(read({ console: 'true', signIn: 'cognito' })?.signIn).toEqual({ by: 'cognito' });
  });

  it.each([
    ['https://tokens.example.com', ['https://tokens.example.com']],
    [
      '["https://a.example.com","https://b.example.com:8443"]',
      ['https://a.example.com', 'https://b.example.com:8443'],
    ],
  ])('may have more origins of the issuer: %s', (signInOrigins, origins) => {
    expect(read({ ...ofIssuer, signInOrigins })?.signIn).toMatchObject({ origins });
  });

  it('may have a domain with its certificate', () => {
    const given = { ...ofIssuer, consoleDomain: 'console.example.com', consoleCertificate: certificate };
    expect(read(given)?.domain).toEqual({ name: 'console.example.com', certificateArn: certificate });
  });
});

describe('a wrong setting', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ console: 'yes' }, 'context console: given "yes"; allowed: true, false'],
    [
      { console: 'true' },
      'context issuer: not given; allowed: with console, the issuer of its tokens; or signIn=cognito',
    ],
    [
      { ...ofIssuer, clientId: undefined },
      'context clientId: not given; allowed: with console, the id of its client',
    ],
    [{ ...ofIssuer, clientId: 'two words' }, 'context clientId: given "two words"; allowed:'],
    [
      { ...ofIssuer, scope: 'sluice/viewer' },
      'context scope: given "sluice/viewer"; allowed: scopes divided by',
    ],
    [{ ...ofIssuer, scope: 'openid  sluice/viewer' }, 'context scope: given'],
    [{ ...ofIssuer, signIn: 'auth0' }, 'context signIn: given "auth0"; allowed: cognito; or nothing'],
    [
      { ...ofIssuer, signIn: 'cognito' },
      'context issuer: given "https://id.example.com"; allowed: nothing with signIn=cognito',
    ],
    [
      { console: 'true', signIn: 'cognito', clientId: 'web' },
      'context clientId: given "web"; allowed: nothing with',
    ],
    [
      { ...ofIssuer, signInOrigins: 'https://a.example.com/' },
      'context signInOrigins: given "https://a.example.com/"',
    ],
    [{ ...ofIssuer, signInOrigins: 'https://a.example.com; script-src *' }, 'context signInOrigins: given'],
    [{ ...ofIssuer, signInOrigins: 'http://a.example.com' }, 'context signInOrigins: given'],
    [{ ...ofIssuer, signInOrigins: '["https://a.example.com"' }, 'context signInOrigins: given'],
    [{ ...ofIssuer, signInOrigins: '[]' }, 'context signInOrigins: given "[]"; allowed: an https origin'],
    [
      { ...ofIssuer, consoleDomain: 'console.example.com' },
      'context consoleCertificate: not given; allowed: the ARN',
    ],
    [{ ...ofIssuer, consoleCertificate: certificate }, 'context consoleDomain: not given; allowed: a host'],
    [
      { ...ofIssuer, consoleDomain: 'https://console.example.com', consoleCertificate: certificate },
      'context consoleDomain: given "https://console.example.com"; allowed: a host in small letters',
    ],
    [
      {
        ...ofIssuer,
        consoleDomain: 'console.example.com',
        consoleCertificate: certificate.replace('us-east-1', 'eu-central-1'),
      },
      'context consoleCertificate: given "arn:aws:acm:eu-central-1:123456789012:certificate/1b2c"; allowed: the ARN of a certificate in us-east-1',
    ],
    [{ signIn: 'cognito' }, 'context signIn: given "cognito"; allowed: with console=true alone'],
    [
      { console: 'false', clientId: 'web' },
      'context clientId: given "web"; allowed: with console=true alone',
    ],
  ])('is refused with what is allowed: %j', (values, message) => {
    expect(() => read(values)).toThrow(message);
  });
});
