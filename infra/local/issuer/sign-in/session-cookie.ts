import type { RequestHead } from '../../protocols/protocol.ts';

/** The cookie of one stack: browsers share cookies between all ports of a machine. */
const nameOf = ({ endpoint }: RequestHead): string => `sluice-${new URL(endpoint).port}`;

// No script reads it, and no page of another site has it sent. It can't be limited to HTTPS, which isn't spoken here.
const attributes = 'Path=/local/; HttpOnly; SameSite=Strict';

/** Returns the key of the session that a browser has; undefined if it has none. */
export const readCookie = (head: RequestHead): string | undefined => {
  const name = nameOf(head);
  for (const pair of String(head.headers.cookie ?? '').split(';')) {
    const [key = '', value] = pair.trim().split(/=(.*)/s);
    if (key === name) return value;
  }
  return undefined;
};

/** Returns the cookie of a session. */
export const writeCookie = (head: RequestHead, key: string, seconds: number): string =>
  `${nameOf(head)}=${key}; Max-Age=${seconds}; ${attributes}`;

/** Returns the cookie that ends a session. */
export const endCookie = (head: RequestHead): string => `${nameOf(head)}=; Max-Age=0; ${attributes}`;
