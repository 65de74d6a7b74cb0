/** Returns a word of HubSpot's errors, such as `VALIDATION_ERROR`; undefined for a text, which may be personal. */
export const wordOf = (given: string | undefined): string | undefined =>
  given !== undefined && /^[A-Z][A-Z0-9_]{1,60}$/.test(given) ? given : undefined;
