import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { listeningAddresses, openSockets, readGroup } from '../../e2e/emulator/listening.ts';

const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (local: string, state: string, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0`;

it('reads who can be reached, and where, from the tables of the kernel', () => {
  const text = [
    heading,
    line('0100007F:11D7', '0A', 11),
    line('00000000:1F90', '0A', 12),
    line('0100007F:A001', '01', 13),
    line('00000000000000000000000001000000:0035', '07', 14),
  ].join('\n');
  expect(openSockets(`${text}\n`)).toEqual([
    { inode: '11', address: '127.0.0.1:4567' },
    { inode: '12', address: '0.0.0.0:8080' },
    { inode: '14', address: '[0000:0000:0000:0000:0000:0000:0000:0001]:53' },
  ]);
});

it('finds where the processes of a group listen, while they do', async () => {
  const group = readGroup(String(process.pid));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(listeningAddresses(group)).toContain(address);
  server.close();
  await once(server, 'close');
  expect(listeningAddresses(group)).not.toContain(address);
});
