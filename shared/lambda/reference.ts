import { hash } from 'node:crypto';

/**
 * Returns the reference to an id in logs. Producers choose ids, which often are e-mail addresses, so a log line
 * contains a short digest instead. A person who has the id can compute it: `printf %s ID | sha256sum | cut -c1-12`.
 */
export const hashReference = (id: string): string => hash('sha256', id, 'hex').slice(0, 12);
