import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { addClock } from '../../../cli/commands/clock.ts';
import { addListen } from '../../../cli/commands/listen.ts';
import { freePort } from '../../soak/stack/free-port.ts';
import { webhookSecret } from '../../support/delivering.ts';
import { runCommand } from '../../support/run-command.ts';

const warped = '2031-05-01T09:00:00.500Z';
const body = JSON.stringify({ type: 'LeadErased', data: { leadId: 'l-1', version: 3 } });

/** Returns the endpoint of a stack whose clock is warped. */
const startStack = async (): Promise<string> => {
  const description = JSON.stringify({ name: 'sluice', outputs: {}, now: warped });
  const server = createServer((_request, response) => response.end(description)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Receives one webhook that is signed at an instant, and returns what `listen` prints and answers. */
const receive = async (endpoint: string, at: Date) => {
  const port = String(await freePort());
  const options = ['--endpoint', endpoint, '--port', port, '--secret', webhookSecret, '--count', '1'];
  const listening = runCommand(addListen, 'listen', ...options);
  const headers = {
    'webhook-id': 'a',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(webhookSecret).sign('a', at, body),
  };
  const { status } = await vi.waitFor(() =>
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body }),
  );
  return { status, ...(await listening) };
};

describe('the clock of sluice listen', () => {
  it('is that of the stack, which may be warped', async () => {
    const endpoint = await startStack();
    expect(await receive(endpoint, new Date(warped))).toMatchObject({ status: 200, code: 0 });
    const { status, stdout } = await receive(endpoint, new Date());
    expect([status, stdout]).toEqual([
      401,
      `LeadErased l-1 version 3, a: the timestamp is more than 5 minutes off the clock, ${warped}, answered 401\n`,
    ]);
  });

  it('is that of the system without a stack', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    expect(await receive(endpoint, new Date())).toMatchObject({ status: 200, code: 0 });
    expect(await receive(endpoint, new Date(warped))).toMatchObject({ status: 401, code: 0 });
  });
});

describe('sluice clock', () => {
  it('prints the clock of the stack in whole seconds, and nothing else', async () => {
    const { code, stdout, stderr } = await runCommand(addClock, 'clock', '--endpoint', await startStack());
    expect([code, stdout, stderr]).toEqual([0, `${Date.parse(warped) / 1_000 - 0.5}\n`, '']);
  });
});
