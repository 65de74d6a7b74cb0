import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { addToken } from '../../../cli/commands/token.ts';
import { runCommand } from '../../support/run-command.ts';
import { apiResources, echo } from '../infra-local/http-api-template.ts';
import { run } from '../infra-local/run.ts';
import { queue } from '../infra-local/template.ts';

const token = (endpoint: string, ...more: readonly string[]) =>
  runCommand(addToken, 'token', '--endpoint', endpoint, ...more);

const readPayload = (text: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());

describe('sluice token', () => {
  it('prints a token that opens the API of the stack, and nothing else', async () => {
    const stack = await run(apiResources(), { echo });
    const { code, stdout, stderr } = await token(stack.endpoint);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(readPayload(stdout)).toMatchObject({ sub: 'jane@example.com', scope: 'sluice/viewer' });
    const headers = { authorization: `Bearer ${stdout.trim()}` };
    expect((await fetch(`${stack.endpoint}/api/leads/l-1`, { headers })).status).toBe(200);
  });

  it('gives it for the person that is asked for', async () => {
    const stack = await run(apiResources(), { echo });
    const options = [
      '--role',
      'seller',
      '--subject',
      'joe',
      '--queue',
      'sales',
      '--queue',
      'emea',
      '--hours',
      '2',
    ];
    const { stdout } = await token(`${stack.endpoint}/`, ...options);
    const { iat, exp, ...payload } = readPayload(stdout);
    expect(payload).toMatchObject({ sub: 'joe', scope: 'sluice/seller', queues: ['sales', 'emea'] });
    expect(Number(exp) - Number(iat)).toBe(7_200);
  });

  it.each([
    [['--role', 'owner'], 'Allowed choices are viewer, seller, admin'],
    [['--subject', ' '], 'allowed: 1 to 128 characters'],
    [['--queue', 'a b'], 'allowed: the name of a queue'],
    [['--hours', '0'], 'allowed: a whole number from 1 to 8760'],
    [['--endpoint', 'aws'], 'The tokens of a deployment come from its issuer'],
    [['--endpoint', 'nowhere'], 'allowed: a URL such as http://127.0.0.1:8010'],
  ])('refuses %j', async (options, message) => {
    const fetching = vi.spyOn(globalThis, 'fetch');
    onTestFinished(() => fetching.mockRestore());
    const { code, stdout, stderr } = await token('http://127.0.0.1:1', ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(fetching).not.toHaveBeenCalled();
  });

  it('says that no stack is there', async () => {
    const { code, stdout, stderr } = await token('http://127.0.0.1:1');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('no local stack answers at http://127.0.0.1:1');
  });

  it('asks nobody who is no stack for a token', async () => {
    const asked: string[] = [];
    const server = createServer(({ method, url }, response) => {
      asked.push(`${method} ${url}`);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await vi.waitFor(() => expect(server.listening).toBe(true));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await token(`http://127.0.0.1:${port}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not a Sluice stack')]);
    expect(asked).toEqual(['GET /']);
  });

  it('says that a stack has no API', async () => {
    const stack = await run({ Q: queue() }, {});
    const { code, stderr } = await token(stack.endpoint);
    expect([code, stderr]).toEqual([1, expect.stringContaining('gives no token')]);
  });
});
