import { BlockList, isIP } from 'node:net';
import { invalid, requireText } from './problems.ts';
import type { ValueTest } from './text-tests.ts';

interface Address {
  readonly text: string;
  readonly family: 'ipv4' | 'ipv6';
}

/** Parses an address; returns undefined if the text is none. AWS's matcher ignores leading zeros, as in 10.0.0.01. */
const parseAddress = (given: string): Address | undefined => {
  const text = /^\d+(\.\d+){3}$/.test(given) ? given.split('.').map(Number).join('.') : given;
  const version = isIP(text);
  return version === 0 ? undefined : { text, family: version === 6 ? 'ipv6' : 'ipv4' };
};

const inBlock =
  (block: BlockList): ValueTest =>
  (value) => {
    const address = typeof value === 'string' ? parseAddress(value) : undefined;
    return address !== undefined && block.check(address.text, address.family);
  };

/** Returns a test for an address in any spelling; undefined if the text is no address. */
export const sameAddress = (wanted: string): ValueTest | undefined => {
  const address = parseAddress(wanted);
  if (address === undefined) return undefined;
  const block = new BlockList();
  block.addAddress(address.text, address.family);
  return inBlock(block);
};

/** Returns a test for a block of addresses, of more than one. A single address is written as a plain value. */
export const cidr = (argument: unknown, at: string): ValueTest => {
  const [first = '', bits = '', ...others] = requireText(argument, at).split('/');
  const address = parseAddress(first);
  const longest = address?.family === 'ipv6' ? 127 : 31;
  if (address === undefined || !/^\d{1,3}$/.test(bits) || Number(bits) > longest || others.length > 0) {
    throw invalid(at, argument, 'an address and at most 31 bits (127 with IPv6), such as 10.0.0.0/8');
  }
  const block = new BlockList();
  block.addSubnet(address.text, Number(bits), address.family);
  return inBlock(block);
};
