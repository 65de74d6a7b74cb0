/**
 * Text that came from outside, for a terminal: what an event holds must not move the cursor, break the line, or turn its
 * direction.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, '�');
