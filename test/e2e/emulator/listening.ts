import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The states of a TCP socket that listens, and of a UDP socket that is bound and not connected. */
const open = new Set(['0A', '07']);
const tables = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/**
 * Returns an address of `/proc/net`. Each group of 4 bytes is in the byte order of the machine, which is little-endian
 * wherever Node runs.
 */
const parseHexAddress = (hex: string): string => {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  return `[${bytes.join('').replaceAll(/(.{4})(?=.)/g, '$1:')}]`;
};

interface Socket {
  readonly inode: string;
  readonly address: string;
}

/** Returns the open sockets in the text of `/proc/net/tcp` or one of its siblings. */
export const openSockets = (text: string): Socket[] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => open.has(fields[3] ?? ''))
    .map((fields) => {
      const [hex = '', port = ''] = (fields[1] ?? '').split(':');
      return { inode: fields[9] ?? '', address: `${parseHexAddress(hex)}:${Number.parseInt(port, 16)}` };
    });

/** Reads something that may have gone meanwhile, as processes and files do. */
const ifThere = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** Returns the process group of a process; NaN if there is none. */
export const readGroup = (pid: string): number => {
  const stat = ifThere(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
  // The name of the program may contain anything, so the fields are read from behind its last bracket.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
};

const listSockets = (pid: string): string[] =>
  ifThere(() => readdirSync(`/proc/${pid}/fd`), [])
    .map((fd) => ifThere(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''))
    .flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);

/** Returns the addresses at which the processes of a group can be reached, such as `127.0.0.1:4566`. */
export const listeningAddresses = (group: number): string[] => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && readGroup(name) === group);
  const inodes = new Set(pids.flatMap(listSockets));
  const found = tables
    .flatMap((table) => openSockets(ifThere(() => readFileSync(`/proc/net/${table}`, 'utf8'), '')))
    .filter(({ inode }) => inodes.has(inode));
  return [...new Set(found.map(({ address }) => address))].toSorted();
};
