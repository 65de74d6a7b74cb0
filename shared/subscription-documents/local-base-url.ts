import * as z from 'zod';

/** The schema of an address of this machine, which takes a vendor's place in tests. */
export const localBaseUrl = z
  .string()
  .max(300)
  .regex(/^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?\/?$/, {
    error: 'an address of this machine, such as http://127.0.0.1:4000; leave it out to send to the vendor',
  })
  .meta({ description: 'an address of this machine that is sent to instead, for tests on a local stack' });
