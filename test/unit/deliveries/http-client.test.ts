import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpSender } from '../../../shared/deliveries/http-client.ts';
import { findAddressProblem } from '../../../shared/deliveries/public-address.ts';
import { findUrlProblem } from '../../../shared/deliveries/target-url.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const listen = async (answer: RequestListener): Promise<{ port: number; requests: () => number }> => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, requests: () => requests };
};

const now = Date.parse('2026-03-01T09:00:00.000Z');
const local = (props: Partial<Parameters<typeof createHttpSender>[0]> = {}) =>
  createHttpSender({ now: () => now, allowLoopback: true, ...props });
const request = (url: string) => ({ url, headers: { 'x-a': '1' }, body: '{}' });

describe('an address', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is one to send to', (address) =>
    expect(findAddressProblem(address, { allowLoopback: false })).toBeUndefined(),
  );

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'fe80::1%eth0',
    '192.88.99.1',
    '::ffff:0:127.0.0.1',
    '2001:20::1',
    '100::1',
    'ff02::1',
    '2001:db8::1',
    'nonsense',
  ])('%s is not', (address) => expect(findAddressProblem(address, { allowLoopback: false })).toMatch(/^is /));

  it('of this machine is allowed by the switch, and no other one inside', () => {
    const rule = { allowLoopback: true };
    expect(findAddressProblem('127.0.0.1', rule)).toBeUndefined();
    expect(findAddressProblem('::1', rule)).toBeUndefined();
    expect(findAddressProblem('10.0.0.1', rule)).toBe('is private, not a public address');
    expect(findAddressProblem('169.254.169.254', rule)).toBe('is linkLocal, not a public address');
    expect(findAddressProblem('0.0.0.0', rule)).toBe('is unspecified, not a public address');
  });
});

describe('a URL', () => {
  const problem = (url: string, allowLoopback = false) => findUrlProblem(url, { allowLoopback });

  it.each(['https://crm.example.com/hook?k=1', 'https://crm.example.com:8443/', 'https://8.8.8.8/'])(
    '%s is one to send to',
    (url) => expect(problem(url)).toBeUndefined(),
  );

  it.each([
    ['nonsense', 'a text that is no URL'],
    ['http://crm.example.com/', '"http:"'],
    ['ftp://crm.example.com/', '"ftp:"'],
    ['https://user:secret@crm.example.com/', 'a URL with a user or password'],
    ['https://crm.example.com:22/', 'port 22'],
    ['https://10.0.0.1/', '"10.0.0.1"'],
    ['https://0x7f.1/', '"127.0.0.1"'],
    ['https://2130706433/', '"127.0.0.1"'],
    ['https://0177.0.0.1/', '"127.0.0.1"'],
    ['https://[::ffff:169.254.169.254]/', '"[::ffff:a9fe:a9fe]"'],
    ['https://127.0.0.1./', '"127.0.0.1"'],
    ['https://①②⑦.⓪.⓪.①/', '"127.0.0.1"'],
    ['https://127。0。0。1/', '"127.0.0.1"'],
    ['https://0/', '"0.0.0.0"'],
    ['https:\\\\127.0.0.1/', '"127.0.0.1"'],
    ['https://[fe80::1%25eth0]/', 'a text that is no URL'],
    ['https://LOCALHOST/', '"localhost"'],
    ['https://localhost/', '"localhost"'],
    ['https://a.localhost/', '"a.localhost"'],
  ])('%s is not, and only its host is shown', (url, given) => expect(problem(url)).toMatchObject({ given }));

  it('of this machine may be without TLS and have any port, by the switch', () => {
    for (const url of ['http://127.0.0.1:80/', 'http://localhost:8030/', 'http://[::1]:22/'])
      expect(problem(url, true)).toBeUndefined();
    expect(problem('http://10.0.0.1/', true)).toMatchObject({ given: '"http:"' });
  });
});

describe('a request', () => {
  it('is answered with status, headers and as much of the body as was asked for', async () => {
    const { port } = await listen((given, response) => {
      response.setHeader('x-given', `${given.method} ${given.url} ${given.headers['x-a']}`);
      response.writeHead(201).end('0123456789');
    });
    const http = local();
    const url = `http://127.0.0.1:${port}/hook?k=1`;
    expect(await http.send(request(url))).toMatchObject({
      kind: 'answered',
      status: 201,
      headers: { 'x-given': 'POST /hook?k=1 1' },
      body: '',
    });
    expect(await http.send({ ...request(url), mostAnswerBytes: 4 })).toMatchObject({ body: '0123' });
    http.close();
  });

  it.each([
    ['7', 7_000],
    ['Sun, 01 Mar 2026 09:01:00 GMT', 60_000],
    ['Sun, 01 Mar 2026 08:00:00 GMT', 0],
    ['999999999', 86_400_000],
  ])('may be answered by a pause of %s', async (value, ms) => {
    const { port } = await listen((_, response) => response.writeHead(429, { 'retry-after': value }).end());
    const http = local();
    expect(await http.send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ retryAfterMs: ms });
    http.close();
  });

  it('ignores a pause that it can not read', async () => {
    const { port } = await listen((_, response) => response.writeHead(503, { 'retry-after': 'soon' }).end());
    const http = local();
    expect(await http.send(request(`http://127.0.0.1:${port}/`))).not.toHaveProperty('retryAfterMs');
    http.close();
  });

  it('follows no redirection', async () => {
    const inside = await listen((_, response) => response.end());
    const { port } = await listen((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/` }).end(),
    );
    const http = local();
    expect(await http.send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 307 });
    expect(inside.requests()).toBe(0);
    http.close();
  });

  it('is not sent to a name that only looks public', async () => {
    const http = createHttpSender({
      now: () => now,
      allowLoopback: false,
      resolve: async () => [{ address: '169.254.169.254', family: 4 }],
    });
    for (const host of ['localhost.', 'x.localhost.', '169.254.169.254.example.com'])
      expect(await http.send(request(`https://${host}/`))).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('is linkLocal, not a public address'),
      });
    http.close();
  });

  it('is not sent to a name of which any address is inside', async () => {
    const { port, requests } = await listen((_, response) => response.end());
    const http = createHttpSender({
      now: () => now,
      allowLoopback: false,
      resolve: async () => [
        { address: '8.8.8.8', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    expect(await http.send(request(`https://crm.example.com:${port}/`))).toEqual({
      kind: 'refused',
      reason: 'not sent: crm.example.com has an address that is loopback, not a public address',
    });
    expect(requests()).toBe(0);
    http.close();
  });

  it('connects to the address that was checked, and asks for it only once', async () => {
    const { port } = await listen((given, response) => response.end(given.headers.host));
    let asked = 0;
    const http = local({
      resolve: async () => {
        asked += 1;
        return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
      },
    });
    const url = `http://hook.localhost:${port}/`;
    const answer = await http.send({ ...request(url), mostAnswerBytes: 100 });
    expect(answer).toMatchObject({ status: 200, body: `hook.localhost:${port}` });
    expect(asked).toBe(1);
    http.close();
  });

  it('ends in time if nothing comes, or never ends', async () => {
    const silent = await listen(() => undefined);
    const endless = await listen((_, response) => {
      response.writeHead(200).write('a');
    });
    const http = local({ timeoutMs: 50 });
    expect(await http.send(request(`http://127.0.0.1:${silent.port}/`))).toEqual({
      kind: 'unanswered',
      reason: 'no answer within 0.05 s',
    });
    expect(await http.send(request(`http://127.0.0.1:${endless.port}/`))).toMatchObject({ status: 200 });
    http.close();
  });

  it('reads no more of a body than its bound', async () => {
    let written = 0;
    const { port } = await listen((_, response) => {
      const more = (): void => {
        written += 65_536;
        if (written < 512 * 1_024 * 1_024 && response.write('x'.repeat(65_536))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    const http = local();
    expect(await http.send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 200, body: '' });
    expect(written).toBeLessThan(64 * 1_024 * 1_024);
    http.close();
  });

  it.each([
    ['garbage', 'HTTP? never heard of it\r\n\r\n'],
    ['endless headers', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('survives %s', async (_name, text) => {
    const server = createServer();
    servers.push(server);
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.write(text);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const http = local();
    const { port } = server.address() as AddressInfo;
    expect(await http.send(request(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'unanswered' });
    http.close();
  });

  it('says that nobody listens', async () => {
    const http = local();
    expect(await http.send(request('http://127.0.0.1:1/'))).toEqual({
      kind: 'unanswered',
      reason: 'no connection (ECONNREFUSED)',
    });
  });
});
