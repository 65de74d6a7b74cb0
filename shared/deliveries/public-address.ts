import ipaddr from 'ipaddr.js';

/** The only part of IPv6 from which addresses of the internet are given out. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

export interface AddressRule {
  /** Whether addresses of this machine are allowed too: for trying things out. */
  readonly allowLoopback: boolean;
}

/**
 * Returns the reason for which Sluice doesn't send to an address: it isn't a public one of a single machine, but belongs
 * to a network behind which others are trusted. Undefined if it may be sent to.
 *
 * @param address an IPv4 or IPv6 address; an IPv4 address within IPv6 counts as the former
 */
export const findAddressProblem = (address: string, { allowLoopback }: AddressRule): string | undefined => {
  if (!ipaddr.isValid(address)) return 'is no address';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'loopback' && allowLoopback) return undefined;
  const isPublic =
    range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalIpv6 as [ipaddr.IPv6, number]));
  return isPublic ? undefined : `is ${range === 'unicast' ? 'not public' : range}, not a public address`;
};
