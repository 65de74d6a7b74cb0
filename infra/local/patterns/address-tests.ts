import { BlockList, isIP } from 'node:net';
import { invalid, textOf } from './problems.ts';
import type { ValueTest } from './text-tests.ts';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const inBlock =
  (block: BlockList): ValueTest =>
  (value) =>
    typeof value === 'string' && isIP(value) !== 0 && block.check(value, familyOf(value));

/** An address is the same in whatever spelling; undefined, where the text is no address. */
export const sameAddress = (wanted: string): ValueTest | undefined => {
  if (isIP(wanted) === 0) return undefined;
  const block = new BlockList();
  block.addAddress(wanted, familyOf(wanted));
  return inBlock(block);
};

/** A block of addresses; a single one is written as a value, not as a block. */
export const cidr = (argument: unknown, at: string): ValueTest => {
  const [address = '', bits = '', ...others] = textOf(argument, at).split('/');
  const longest = isIP(address) === 6 ? 127 : 31;
  if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > longest || others.length > 0) {
    throw invalid(at, argument, 'an address and at most 31 bits (127 with IPv6), such as 10.0.0.0/8');
  }
  const block = new BlockList();
  block.addSubnet(address, Number(bits), familyOf(address));
  return inBlock(block);
};
