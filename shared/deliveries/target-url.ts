import { isIP } from 'node:net';
import { showValue } from '../../events/index.ts';
import { type AddressRule, findAddressProblem } from './public-address.ts';

/** Returns the host of a URL as an address, without the brackets of IPv6; undefined if it is a name. */
const readAddress = ({ hostname }: URL): string | undefined => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
};

const isLoopback = (url: URL): boolean => {
  const address = readAddress(url);
  if (address === undefined) return url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  return (
    findAddressProblem(address, { allowLoopback: false }) !== undefined &&
    findAddressProblem(address, { allowLoopback: true }) === undefined
  );
};

/** Returns whether a port is one at which servers that anybody may start listen, or that of HTTP. */
const isAllowedPort = ({ port }: URL): boolean =>
  port === '' || port === '443' || port === '80' || Number(port) >= 1_024;

export interface UrlProblem {
  readonly given: string;
  readonly allowed: string;
}

/**
 * Returns what is wrong with the URL of a target before anything is looked up; undefined if nothing is. Only a URL of
 * this machine may be without TLS or have any port, if such URLs are allowed. Hosts are shown, and nothing else of a URL,
 * which may be secret.
 */
export const findUrlProblem = (text: string, rule: AddressRule): UrlProblem | undefined => {
  if (!URL.canParse(text))
    return { given: 'a text that is no URL', allowed: 'a URL that begins with https://' };
  const url = new URL(text);
  const isLocal = rule.allowLoopback && isLoopback(url);
  if (url.username !== '' || url.password !== '')
    return {
      given: 'a URL with a user or password',
      allowed: 'a URL without them; targets check signatures',
    };
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:'))
    return {
      given: showValue(url.protocol),
      allowed: 'https://, or http:// to this machine on a local stack',
    };
  if (!isLocal && !isAllowedPort(url))
    return { given: `port ${url.port}`, allowed: 'port 443, 80, or from 1024' };
  const address = readAddress(url);
  const problem = address === undefined ? undefined : findAddressProblem(address, rule);
  if (problem !== undefined || (address === undefined && isLoopback(url) && !rule.allowLoopback))
    return { given: showValue(url.hostname), allowed: 'a host with a public address' };
  return undefined;
};
