/** Requests in flight at a time. More would only wait for each other on one connection pool. */
export const atOnce = 8;
