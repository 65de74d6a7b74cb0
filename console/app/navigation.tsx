import { useEffect, useRef } from 'preact/hooks';
import { isInUtc, setInUtc } from '../parts/time-zone.ts';
import { endSession, session } from '../session/session.ts';
import { type Language, language, languages, setLanguage, texts } from '../texts/texts.ts';
import { mayOpen } from './may-open.ts';
import { hrefOf, type Page, route } from './route.ts';

type Listed = Exclude<Page, 'lead'>;

const icons: ReadonlyMap<Listed, string> = new Map<Listed, string>([
  ['today', 'M4 6h16M4 12h10M4 18h7m6-3 2 2 4-4'],
  ['leads', 'M8 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-6 9c0-4 12-4 12 0m3-15h5m-5 5h5m-5 5h5'],
  ['funnel', 'M3 4h18l-7 8v7l-4 2v-9L3 4Z'],
  ['model', 'M4 7h9m4 0h3M4 17h3m4 0h9M13 4v6M7 14v6'],
  ['health', 'M3 12h4l3-8 4 16 3-8h4'],
  ['try-it', 'M6 4v16l13-8L6 4Z'],
]);

const listPages = (): readonly Listed[] =>
  session.value.status === 'signed-in' ? [...icons.keys()].filter(mayOpen) : [];

const isShown = (page: Listed): boolean =>
  route.value.page === page || (page === 'leads' && route.value.page === 'lead');

const PageLink = ({ page }: { readonly page: Listed }) => (
  <li>
    <a href={hrefOf(page)} {...(isShown(page) && { 'aria-current': 'page' })}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={icons.get(page)} />
      </svg>
      {texts.value.app.pages[page]}
    </a>
  </li>
);

const Reader = () => {
  const t = texts.value.app;
  const { person, isLocal } = session.value;
  return (
    <div class="reader">
      <label>
        <span class="visually-hidden">{t.language}</span>
        <select
          value={language.value}
          onChange={({ currentTarget }) => void setLanguage(currentTarget.value as Language)}
        >
          {languages.map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{t.times}</span>
        <select
          value={isInUtc.value ? 'utc' : 'local'}
          onChange={({ currentTarget }) => setInUtc(currentTarget.value === 'utc')}
        >
          <option value="local">{t.timesLocal}</option>
          <option value="utc">{t.timesUtc}</option>
        </select>
      </label>
      {person !== undefined && (
        <>
          <p>
            <bdi>{t.signedInAs(person.subject, t.roles[person.role])}</bdi>
            {isLocal && <span class="muted"> · {t.local}</span>}
          </p>
          <button type="button" class="link" onClick={endSession}>
            {t.signOut}
          </button>
        </>
      )}
    </div>
  );
};

/** A row of links that is too wide, as with large text, is scrolled to the page that is shown. */
const useShownLink = () => {
  const nav = useRef<HTMLElement>(null);
  const { page } = route.value;
  const { status } = session.value;
  useEffect(() => {
    const link = nav.current?.querySelector('[aria-current]');
    if (!link) return;
    const before = link.getBoundingClientRect().left - (nav.current?.getBoundingClientRect().left ?? 0);
    nav.current?.scrollBy({ left: before });
  }, [page, status]);
  return nav;
};

/** The links to the pages that the reader may see, the language, and the reader. */
export const Navigation = () => {
  const nav = useShownLink();
  return (
    <header class="side">
      <a class="brand" href={hrefOf('today')}>
        <img src={new URL('../style/sluice.svg', import.meta.url).href} alt="" width="24" height="24" />
        <span>{texts.value.app.name}</span>
      </a>
      <nav ref={nav} aria-label={texts.value.app.navigation}>
        <ul>
          {listPages().map((page) => (
            <PageLink key={page} page={page} />
          ))}
        </ul>
      </nav>
      <Reader />
    </header>
  );
};
