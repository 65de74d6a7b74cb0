/**
 * Returns text from outside with its control characters replaced, so that nothing in an event can move the cursor of a
 * terminal, break a line, or change its direction.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, '�');
