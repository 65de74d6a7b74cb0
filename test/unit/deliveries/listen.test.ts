import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { AnswerKind } from '../../../cli/listen/answers.ts';
import { startReceiver } from '../../../cli/listen/start-receiver.ts';
import { webhookSecret } from '../../support/delivering.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const body = JSON.stringify({ type: 'LeadErased', data: { leadId: 'l-1', version: 3 } });
const sign = (at = new Date()) => ({
  'webhook-id': 'a',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'webhook-signature': new Webhook(webhookSecret).sign('a', at, body),
});

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const receive = async (answer: AnswerKind, secrets: readonly string[] = [webhookSecret]) => {
  const lines: string[] = [];
  const server = await startReceiver({
    port: 0,
    secrets,
    answer,
    now: async () => Date.now(),
    onWebhook: (line) => lines.push(line),
  });
  open.push(server);
  const { port } = server.address() as AddressInfo;
  const post = (headers: Record<string, string>, text = body) =>
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: text });
  return { lines, post };
};

describe('sluice listen', () => {
  it('keeps no connection, over which a sender would go on after the last webhook', async () => {
    const { post } = await receive('200');
    const answers = [await post(sign()), await post({})];
    expect(answers.map(({ status, headers }) => [status, headers.get('connection')])).toEqual([
      [200, 'close'],
      [401, 'close'],
    ]);
  });

  it('takes a webhook that is signed, and says what it is about', async () => {
    const { lines, post } = await receive('200');
    expect((await post(sign())).status).toBe(200);
    expect(lines).toEqual(['LeadErased l-1 version 3, a: verified, answered 200']);
  });

  it.each([
    ['without a signature', {}, body, 'a header of Standard Webhooks is missing'],
    ['of another body', sign(), `${body} `, 'no signature fits the secret'],
    ['that is stale', sign(new Date(0)), body, 'the timestamp is more than 5 minutes off'],
    ['with a timestamp that is no number', { ...sign(), 'webhook-timestamp': 'now' }, body, 'the timestamp'],
  ])('refuses a webhook %s', async (_name, headers, text, problem) => {
    const { lines, post } = await receive('200');
    expect((await post(headers as Record<string, string>, text)).status).toBe(401);
    expect(lines[0]).toContain(problem);
  });

  it('says little about a body that is large, whoever sends it', async () => {
    const { lines, post } = await receive('200', []);
    const text = JSON.stringify({ type: 'x'.repeat(900_000), data: { leadId: { a: 'y'.repeat(9_000) } } });
    await post({ 'webhook-id': 'z'.repeat(5_000) }, text);
    expect(lines[0]?.length).toBeLessThan(800);
  });

  it('verifies nothing without a secret, and survives any body', async () => {
    const { lines, post } = await receive('500', []);
    expect((await post({}, 'garbage')).status).toBe(500);
    expect(lines).toEqual(['a body that is no JSON, no id: not verified, answered 500']);
  });

  it('answers as it is told', async () => {
    expect((await (await receive('410')).post(sign())).status).toBe(410);
    const busy = await (await receive('429')).post(sign());
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '60']);
    await expect((await receive('garbage')).post(sign())).rejects.toThrow();
  });
});

describe('the receiver of docs/deliveries.md', () => {
  const { inFolder } = temporaryFiles();

  it('takes what is signed, and nothing else', async () => {
    const page = readFileSync('docs/deliveries.md', 'utf8');
    const code = /```js\n(import \{ createHmac[\s\S]*?)```/.exec(page)?.[1] ?? '';
    const { verify } = (await import(inFolder('verify.mjs', code))) as {
      verify: (headers: object, text: string, secret: string) => void;
    };
    expect(() => verify(sign(), body, webhookSecret)).not.toThrow();
    expect(() => verify(sign(), `${body} `, webhookSecret)).toThrow('wrong signature');
    expect(() => verify({ ...sign(), 'webhook-signature': 'v1,' }, body, webhookSecret)).toThrow();
    expect(() => verify(sign(new Date(0)), body, webhookSecret)).toThrow('too old');
    expect(() => verify({}, body, webhookSecret)).toThrow('too old');
  });
});
