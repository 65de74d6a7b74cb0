import { computed, signal } from '@preact/signals';
import type { FirstTexts, Texts } from './en.ts';
import { findLocale } from './locale.ts';

/** The languages of the console, with their names in themselves. */
export const languages = [
  ['en', 'English'],
  ['es', 'Español'],
] as const;
export type Language = (typeof languages)[number][0];

/** The texts of a language in two files: those that are shown first, and all of them. */
interface Loader {
  readonly first: () => Promise<FirstTexts>;
  readonly all: () => Promise<Texts>;
}

const loaders: ReadonlyMap<Language, Loader> = new Map<Language, Loader>([
  [
    'en',
    {
      first: async () => (await import('./en-first.ts')).firstEn,
      all: async () => (await import('./en.ts')).en,
    },
  ],
  [
    'es',
    {
      first: async () => (await import('./es-first.ts')).firstEs,
      all: async () => (await import('./es.ts')).es,
    },
  ],
]);

/** Whether a page was opened that needs more than the first texts. */
let needsAll = false;

const settingName = 'sluice.language';

/** Each language is a file that only its readers load. */
const current = signal<{ readonly language: Language; readonly texts: Texts } | undefined>(undefined);

/** The language that is shown. */
export const language = computed((): Language => current.value?.language ?? 'en');

/** The tag by which dates and numbers are written: that language, as the region of the reader writes it. */
export const locale = computed(() => findLocale(language.value));

/** All texts in that language. The page is drawn once they are loaded. */
export const texts = computed((): Texts => {
  if (current.value === undefined) throw new Error('no texts are loaded yet');
  return current.value.texts;
});

const findLanguage = (tag: string | null | undefined): Language | undefined =>
  languages.find(([code]) => tag?.toLowerCase().split('-')[0] === code)?.[0];

const loadTexts = async (chosen: Language): Promise<Texts | undefined> => {
  const loader = loaders.get(chosen);
  // Pages that show the others have them loaded before.
  return needsAll ? loader?.all() : ((await loader?.first()) as Texts | undefined);
};

/** Loads the texts of all pages in the language that is shown. @throws an error of the browser if they can't be loaded */
export const loadAllTexts = async (): Promise<void> => {
  if (needsAll) return;
  const { value } = language;
  const loaded = await loaders.get(value)?.all();
  needsAll = true;
  // Meanwhile another language may have been chosen.
  if (loaded !== undefined && language.value === value) current.value = { language: value, texts: loaded };
  else await setLanguage(language.value);
};

/** Shows all texts in a language, also after the page is opened again. */
export const setLanguage = async (chosen: Language): Promise<void> => {
  // What can't be loaded leaves the language as it is.
  const loaded = await loadTexts(chosen).catch(() => undefined);
  if (loaded === undefined) return;
  current.value = { language: chosen, texts: loaded };
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(settingName, chosen);
  } catch {
    // A browser that stores nothing asks its own settings again.
  }
};

const readSetting = (): string | null => {
  try {
    return localStorage.getItem(settingName);
  } catch {
    return null;
  }
};

/** Shows the texts in the language that was chosen before, or else in the first of the browser that there is. */
export const startTexts = (): Promise<void> =>
  setLanguage(findLanguage(readSetting()) ?? navigator.languages.map(findLanguage).find(Boolean) ?? 'en');
