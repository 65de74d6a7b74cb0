import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatNumber } from '../../../console/parts/numbers.ts';
import { en } from '../../../console/texts/en.ts';
import { es } from '../../../console/texts/es.ts';
import { findLocale } from '../../../console/texts/locale.ts';
import { locale, setLanguage } from '../../../console/texts/texts.ts';

const useBrowserOf = (...languages: string[]): void => {
  vi.stubGlobal('navigator', { languages });
};

describe('the locale of dates and numbers', () => {
  it.each([
    ['es', ['es-MX', 'es', 'en'], 'es-MX'],
    ['es', ['en-US', 'es-419', 'es-ES'], 'es-419'],
    ['en', ['es-MX', 'en-GB'], 'en-GB'],
    ['en', ['fr-FR', 'de'], 'en'],
    ['es', [], 'es'],
    ['es', ['es_MX', '', 'es-', 'c', 'ES-ar'], 'ES-ar'],
    ['es', ['est-EE'], 'es'],
  ])('is of the chosen language, %s, in the region of a browser with %j: %s', (language, tags, found) => {
    expect(findLocale(language, tags)).toBe(found);
    expect(() => new Intl.DateTimeFormat(found)).not.toThrow();
  });
});

describe('the console of a reader in a region', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('has the numbers of the region, also in its texts', async () => {
    vi.stubGlobal('document', { documentElement: {} });
    useBrowserOf('es-MX');
    await setLanguage('es');
    expect(locale.value).toBe('es-MX');
    expect(formatNumber(1_234_567.8)).toBe('1,234,567.8');
    expect(es.words.leads(12_345)).toBe('12,345 contactos');
    expect(document.documentElement.lang).toBe('es');
  });

  it('has those of the language without a region of it', () => {
    useBrowserOf('fr-FR', 'x');
    expect(es.words.leads(12_345)).toBe('12.345 contactos');
    expect(en.words.leads(12_345)).toBe('12,345 leads');
    expect(es.today.more(1)).toBe('Mostrar 1 más');
  });
});
