const isOf = (tag: string, language: string): boolean => {
  try {
    return new Intl.Locale(tag).language === language;
  } catch {
    // A browser may be set to something that is no tag, such as `es_MX`.
    return false;
  }
};

/**
 * Returns the tag by which dates and numbers are written in a language: the first of the browser's tags in it, which also
 * names the region of the reader, or else the language alone.
 *
 * @example findLocale('es', ['fr', 'es-MX']) // 'es-MX'
 */
export const findLocale = (language: string, tags: readonly string[] = navigator.languages): string =>
  tags.find((tag) => isOf(tag, language)) ?? language;
