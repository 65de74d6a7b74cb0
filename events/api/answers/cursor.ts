import * as z from 'zod/mini';

/** The cursor of an answer that is a page. A page may hold fewer entries than asked for, or none, although there are more. */
export const cursor = z
  .nullable(z.string())
  .check(z.describe('Asks for the next page, with the same filters, for a day. Null: there is no more.'));
