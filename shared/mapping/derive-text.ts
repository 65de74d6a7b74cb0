import { freeMailDomains } from './free-mail-domains.ts';

/** The parts of a text that a cell can take in its place. */
export const takes = ['domain', 'email-type'] as const;
export type Take = (typeof takes)[number];

const domainPattern = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)+\p{L}[\p{L}\p{N}-]*$/u;

/** Returns the domain of an e-mail address or a web address in lower case, without "www." before it. */
const findDomain = (text: string): string | undefined => {
  const host = text.includes('@')
    ? text.replace(/^.*@/s, '').replace(/>$/, '')
    : text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[/?#:].*$/s, '');
  const domain = host
    .normalize('NFC')
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return domainPattern.test(domain) ? domain : undefined;
};

interface Derivation {
  /** A description of the texts that it reads, for people. */
  readonly allowed: string;
  derive(text: string): string | undefined;
}

/** The functions that derive a text, by name. They return `undefined` if there is nothing to take. */
export const derivations: Readonly<Record<Take, Derivation>> = {
  domain: {
    allowed: 'an e-mail address or a web address, such as anna@example.com or https://www.example.com',
    derive: findDomain,
  },
  'email-type': {
    allowed: 'an e-mail address, such as anna@example.com',
    derive(text) {
      const domain = text.includes('@') ? findDomain(text) : undefined;
      if (domain === undefined) return undefined;
      return freeMailDomains.has(domain) ? 'private' : 'business';
    },
  },
};
