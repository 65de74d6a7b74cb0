import { describe, expect, it } from 'vitest';
import { kindOf, type Received, type Verification } from '../../../shared/webhooks/index.ts';
import { kinds } from '../../../shared/webhooks/kinds.ts';
import type { WebhookKind } from '../../../shared/webhooks/webhook.ts';
import { now } from '../../support/events.ts';
import { buildReceived, buildSource, samples, secretOf, signers } from '../../support/webhooks.ts';

const all = Object.keys(kinds) as WebhookKind[];
const signed = all.filter((kind) => kind !== 'cloudevents' && kind !== 'generic');

const verify = (
  kind: WebhookKind,
  received: Received = buildReceived(kind),
  secrets: readonly string[] = [secretOf(kind)],
): Verification => {
  const source = buildSource(kind);
  return kindOf(source).verify(received, { secrets, now }, source);
};

const reasonOf = (result: Verification): string => (result.kind === 'verified' ? 'verified' : result.reason);

const other = `whsec_${Buffer.from('other'.repeat(5)).toString('base64')}`;

/** Returns the headers that prove a webhook of a kind. */
const proofOf = (kind: WebhookKind): string[] => Object.keys(signers[kind](''));

const without = ({ headers, ...received }: Received, name: string): Received => ({
  ...received,
  headers: Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name)),
});

describe('a webhook', () => {
  it.each(all)('is verified by either of two live secrets: %s', (kind) => {
    expect(reasonOf(verify(kind, undefined, [other, secretOf(kind)]))).toBe('verified');
    expect(reasonOf(verify(kind, undefined, [secretOf(kind), other]))).toBe('verified');
  });

  it.each(all)('is refused once its secret was withdrawn: %s', (kind) => {
    expect(reasonOf(verify(kind, undefined, [other]))).toBe('wrong-signature');
  });

  it.each(all)('is refused if the source has no secret, or an empty one: %s', (kind) => {
    expect(reasonOf(verify(kind, undefined, []))).toBe('no-secret');
    const received = buildReceived(kind, samples[kind], signers[kind](JSON.stringify(samples[kind]), ''));
    expect(['no-secret', 'missing-signature']).toContain(reasonOf(verify(kind, received, [''])));
  });

  it.each(all.flatMap((kind) => proofOf(kind).map((header) => ({ kind, header }))))(
    'of $kind is refused without $header, or with an empty one',
    ({ kind, header }) => {
      const received = buildReceived(kind);
      expect(reasonOf(verify(kind, without(received, header)))).toMatch(/^missing-/);
      const empty = { ...received, headers: { ...received.headers, [header]: ' ' } };
      expect(reasonOf(verify(kind, empty))).toMatch(/^missing-/);
    },
  );

  it.each(signed.flatMap((kind) => proofOf(kind).map((header) => ({ kind, header }))))(
    'of $kind is refused if $header was sent twice',
    ({ kind, header }) => {
      const received = buildReceived(kind);
      const value = received.headers[header];
      const twice = { ...received, headers: { ...received.headers, [header]: `${value}, ${value}` } };
      expect(reasonOf(verify(kind, twice))).toMatch(/^(repeated-header|malformed-signature)$/);
    },
  );

  it.each(signed)('is refused if its signature has another form: %s', (kind) => {
    const header = proofOf(kind).find((name) => name.includes('signature')) ?? '';
    for (const value of ['x', '=', 'sha256=', 'v1', 'v1=zz', 'v2,AAAA', 'null', '🙂', 'a'.repeat(10_000)]) {
      const received = buildReceived(kind, undefined, { [header]: value });
      expect(reasonOf(verify(kind, received))).toMatch(
        /^(malformed-signature|missing-timestamp|repeated-header)$/,
      );
    }
  });

  it.each(signed)('has one identity, however its signature is written: %s', (kind) => {
    const [first, again] = [verify(kind), verify(kind)];
    expect(first).toEqual(again);
    const changed = verify(kind, buildReceived(kind, `${JSON.stringify(samples[kind])} `));
    expect(changed.kind).toBe('verified');
    expect(changed).not.toEqual(first);
  });

  it.each(all)('is refused without a word of the secret or of the signature: %s', (kind) => {
    const received = buildReceived(kind);
    const refused = JSON.stringify(verify(kind, received, [other]));
    for (const value of [other, secretOf(kind), ...Object.values(signers[kind](received.body.toString()))])
      if (!/^\d+$/.test(value)) expect(refused).not.toContain(value.slice(-12));
  });
});

describe('a timestamp', () => {
  const minutes = { hubspot: 5, calendly: 3, customerio: 5, 'standard-webhooks': 5 } as const;
  const timed = Object.keys(minutes) as (keyof typeof minutes)[];

  const verifyAt = (kind: keyof typeof minutes, time: string): string => {
    const body = JSON.stringify(samples[kind]);
    return reasonOf(verify(kind, buildReceived(kind, body, signers[kind](body, undefined, { time }))));
  };
  const unit = (kind: string): number => (kind === 'hubspot' ? 1 : 1_000);

  it.each(timed)('is good to the last second of its window, and no longer: %s', (kind) => {
    const window = minutes[kind] * 60_000;
    const at = (ms: number) => verifyAt(kind, String((now + ms) / unit(kind)));
    expect([at(-window), at(0), at(window)]).toEqual(['verified', 'verified', 'verified']);
    expect(at(-window - 1_000)).toBe('stale');
    expect(at(window + 1_000)).toBe('ahead');
  });

  it.each(timed)('that is no number is refused, though it is signed: %s', (kind) => {
    for (const time of ['NaN', 'now', '1e12', '0x1', '-1', '+1', '1.5', 'Infinity', '1 2', '9'.repeat(30)])
      expect([time, verifyAt(kind, time)]).toEqual([time, 'malformed-timestamp']);
  });

  it.each(timed)('of another unit is refused: %s', (kind) => {
    expect(verifyAt(kind, String(kind === 'hubspot' ? now / 1_000 : now))).toMatch(/stale|ahead/);
  });
});

describe('a webhook of HubSpot', () => {
  const body = JSON.stringify(samples.hubspot);

  it('is signed over the public URL, with some of its escapes decoded', () => {
    const sent =
      'https://hooks.example.com/hooks/hubspot?a=b%3Ac%2Fd%3f%40%21%24%27%28%29%2A%2C%3B&e=f%20g%26h%25';
    const decoded = "https://hooks.example.com/hooks/hubspot?a=b:c/d?@!$'()*,;&e=f%20g%26h%25";
    const received = { ...buildReceived('hubspot', body), url: sent };
    const headers = { ...received.headers, ...signers.hubspot(body, undefined, { url: decoded }) };
    expect(reasonOf(verify('hubspot', { ...received, headers }))).toBe('verified');
    const undecoded = { ...received.headers, ...signers.hubspot(body, undefined, { url: sent }) };
    expect(reasonOf(verify('hubspot', { ...received, headers: undecoded }))).toBe('wrong-signature');
  });

  it('is refused under another URL or method', () => {
    const received = buildReceived('hubspot', body);
    expect(reasonOf(verify('hubspot', { ...received, url: `${received.url}?x=1` }))).toBe('wrong-signature');
    expect(reasonOf(verify('hubspot', { ...received, method: 'PUT' }))).toBe('wrong-signature');
  });

  it('is not verified by a signature of version 1 or 2', () => {
    const { 'x-hubspot-signature-v3': _, ...headers } = buildReceived('hubspot', body).headers;
    const older = { ...headers, 'x-hubspot-signature': 'a'.repeat(64), 'x-hubspot-signature-version': 'v1' };
    const received = { ...buildReceived('hubspot', body), headers: older };
    expect(reasonOf(verify('hubspot', received))).toBe('missing-signature');
  });
});

describe('a webhook of Calendly', () => {
  it('may have several signatures while its key is replaced, and one timestamp', () => {
    const received = buildReceived('calendly');
    const header = 'calendly-webhook-signature';
    const value = received.headers[header] ?? '';
    const verifyWith = (given: string) =>
      reasonOf(verify('calendly', { ...received, headers: { ...received.headers, [header]: given } }));
    expect(verifyWith(`${value},v1=${'0'.repeat(64)}`)).toBe('verified');
    expect(verifyWith(`${value},t=1`)).toBe('repeated-header');
    expect(verifyWith(value.replace(/^t=\d+,/, ''))).toBe('missing-timestamp');
    expect(verifyWith(value.replace(/,.*$/, ''))).toBe('malformed-signature');
  });
});

describe('a Standard Webhook', () => {
  const received = buildReceived('standard-webhooks');
  const header = 'webhook-signature';
  const verifyWith = (value: string) =>
    reasonOf(verify('standard-webhooks', { ...received, headers: { ...received.headers, [header]: value } }));

  it('may have several signatures, of which those of other versions are left out', () => {
    const good = received.headers[header];
    expect(verifyWith(`v1,${'A'.repeat(43)}= ${good}`)).toBe('verified');
    expect(verifyWith(`v1a,AAAA ${good} nonsense`)).toBe('verified');
    expect(verifyWith('v1a,AAAA')).toBe('malformed-signature');
  });

  it('is refused if the secret is no base64', () => {
    expect(reasonOf(verify('standard-webhooks', received, ['whsec_***']))).toBe('no-secret');
    expect(reasonOf(verify('standard-webhooks', received, ['whsec_']))).toBe('no-secret');
  });

  it('is refused if the key of the secret is so short that it could be guessed', () => {
    for (const short of ['whsec_AA', `whsec_${Buffer.alloc(23, 1).toString('base64')}`])
      expect(reasonOf(verify('standard-webhooks', received, [short]))).toBe('no-secret');
  });

  it('is refused if the key of the secret is longer than the specification has it', () => {
    const long = `whsec_${Buffer.alloc(65, 1).toString('base64')}`;
    expect(reasonOf(verify('standard-webhooks', received, [long]))).toBe('no-secret');
  });
});

describe('a batch of Segment', () => {
  it('is verified by its first event alone', () => {
    const [first, second] = [samples.segment, { ...samples.segment, messageId: 'm-2' }];
    const headers = signers.segment(JSON.stringify(first));
    const batch = (...events: object[]) => buildReceived('segment', events, headers);
    expect(reasonOf(verify('segment', batch(first, second)))).toBe('verified');
    expect(reasonOf(verify('segment', batch(second, first)))).toBe('wrong-signature');
    expect(reasonOf(verify('segment', buildReceived('segment', '[]', headers)))).toBe('wrong-signature');
  });

  it('is refused like any other if its first event is nested so deeply that nobody can write it anew', () => {
    const levels = 200_000;
    const headers = signers.segment('any');
    for (const body of [
      `${'['.repeat(levels)}${']'.repeat(levels)}`,
      `[${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}]`,
    ])
      expect(reasonOf(verify('segment', buildReceived('segment', body, headers)))).toBe('wrong-signature');
  });
});
