import type { IncomingMessage } from 'node:http';
import { ServiceError } from './errors.ts';

/** The relations to a page's site under which a browser says that no other site is involved. */
const ownSites = ['none', 'same-origin'];

const show = (name: string, values: readonly string[] | undefined): string =>
  values === undefined ? '' : `, ${name} ${values.map((value) => JSON.stringify(value)).join(', ')}`;

/** Whether somebody opens a page by a link on another page: it replaces that page, which can't look into it. */
const isOpened = ({ method, headersDistinct }: IncomingMessage): boolean =>
  method === 'GET' &&
  headersDistinct['sec-fetch-mode']?.join() === 'navigate' &&
  headersDistinct['sec-fetch-dest']?.join() === 'document';

/**
 * Refuses requests that were not addressed to this port of this machine, or that a browser sends for a page of another
 * origin. Such a page may have a name of its own that it points to 127.0.0.1, or be served by another port of this
 * machine. A browser sends some of its requests without Origin, such as links and images, but tells where they come
 * from in Sec-Fetch-Site.
 *
 * @param isLinked whether links of other sites may open what is asked for
 * @throws ServiceError `AccessDeniedException`
 */
export const assertOwnOrigin = (incoming: IncomingMessage, isLinked = false): void => {
  const { headersDistinct, url = '', socket } = incoming;
  const { host, origin, 'sec-fetch-site': site } = headersDistinct;
  // A URL leaves the port out where clients do.
  const hosts = ['127.0.0.1', 'localhost'].map((name) => new URL(`http://${name}:${socket.localPort}`).host);
  const isOnly = (values: readonly string[], allowed: readonly string[]): boolean =>
    values.length === 1 && allowed.includes(values[0] as string);
  const isOwn =
    // Another form names a host of its own, in place of the header.
    url.startsWith('/') &&
    isOnly(host ?? [], hosts) &&
    (origin === undefined || isOnly(origin, [`http://${host?.[0]}`])) &&
    (site === undefined || isOnly(site, ownSites) || (isLinked && isOpened(incoming)));
  if (isOwn) return;
  const given = `${url.slice(0, 80)}${show('Host', host)}${show('Origin', origin)}${show('Sec-Fetch-Site', site)}`;
  throw new ServiceError(
    'AccessDeniedException',
    `a request for ${given} is refused; allowed are paths with Host ${hosts.join(' or ')}, ` +
      `and from a browser only those of pages of the same origin`,
  );
};
