/** The form of a change's origin: `com/salesforce/api/rest/60.0;client=Sluice/`, the slash at the end not always there. */
const clientPart = /(?:^|;)\s*client=([^;]*)/;

/**
 * Returns whether one of our own API clients made a change. The client is compared as a whole: `Sluice` doesn't own what
 * `SluiceImport` wrote.
 */
export const isOwnChange = (changeOrigin: string | undefined, ownClients: readonly string[]): boolean => {
  const client = clientPart.exec(changeOrigin ?? '')?.[1]?.replace(/\/$/, '');
  return client !== undefined && ownClients.includes(client);
};
