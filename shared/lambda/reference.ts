import { hash } from 'node:crypto';

/**
 * An id in logs. Ids are chosen by producers and often are e-mail addresses, so a log line carries a short digest
 * instead, which who knows the id can work out again: `printf %s ID | sha256sum | cut -c1-12`.
 */
export const referenceTo = (id: string): string => hash('sha256', id, 'hex').slice(0, 12);
