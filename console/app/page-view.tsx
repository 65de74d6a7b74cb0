import { computed } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { NotLoaded } from '../parts/not-loaded.tsx';
import { Loading } from '../parts/states.tsx';
import { session } from '../session/session.ts';
import { loadAllTexts, texts } from '../texts/texts.ts';
import { mayOpen } from './may-open.ts';
import { hrefOf, type Page, route } from './route.ts';

/** Loads a page and the texts of all pages. */
const withTexts = async <T,>(page: Promise<T>): Promise<T> => {
  const [loaded] = await Promise.all([page, loadAllTexts()]);
  return loaded;
};

const loaders: ReadonlyMap<Page, () => Promise<FunctionComponent>> = new Map<
  Page,
  () => Promise<FunctionComponent>
>([
  ['today', async () => (await import('../pages/today/today.tsx')).Today],
  ['leads', async () => (await import('../pages/leads/leads.tsx')).Leads],
  ['lead', async () => (await withTexts(import('../pages/lead/lead.tsx'))).Lead],
  ['funnel', async () => (await withTexts(import('../pages/funnel/funnel.tsx'))).Funnel],
  ['model', async () => (await withTexts(import('../pages/model/model.tsx'))).Model],
  ['health', async () => (await withTexts(import('../pages/health/health.tsx'))).Health],
  ['try-it', async () => (await withTexts(import('../pages/try-it/try-it.tsx'))).TryIt],
]);

const UnknownPage = () => {
  const t = texts.value.parts;
  return (
    <div class="state">
      <h1>{t.unknownPage}</h1>
      <p>
        <a href={hrefOf('today')}>{t.toToday}</a>
      </p>
    </div>
  );
};

const NoRights = ({ page }: { readonly page: Exclude<Page, 'lead'> }) => {
  const t = texts.value.parts;
  return (
    <div class="state">
      <h1>{texts.value.app.pages[page]}</h1>
      <p class="state-title">{t.noRights}</p>
      <p>{t.noRightsHint}</p>
      <p>
        <a href={hrefOf('today')}>{t.toToday}</a>
      </p>
    </div>
  );
};

/** The page of the address, whose styles count. */
export const shownPage = computed(() => route.value.page);
const shownId = computed(() => route.value.id);

/** The title has no name of a lead: browsers store it. */
const titleOf = (page: Page | 'unknown'): string => {
  const { name, pages, lead } = texts.value.app;
  if (page === 'unknown') return name;
  return `${page === 'lead' ? lead : pages[page]} · ${name}`;
};

/** Shows the page of the address, which is loaded when it is first asked for, and moves the focus to its heading. */
export const PageView = () => {
  const page = shownPage.value;
  const id = shownId.value;
  const [failed, setFailed] = useState<Page>();
  const [shown, setShown] = useState<{ page: Page; View: FunctionComponent }>();
  const isOpen = page !== 'unknown' && mayOpen(page);
  const isFirst = useRef(true);
  useEffect(() => {
    let isLeft = false;
    document.title = titleOf(page);
    if (page === 'unknown' || !isOpen || failed === page) return undefined;
    void loaders
      .get(page)?.()
      .then(
        (View) => !isLeft && setShown({ page, View }),
        () => !isLeft && setFailed(page),
      );
    return () => {
      isLeft = true;
    };
  }, [page, isOpen, failed]);
  useEffect(() => {
    document.title = titleOf(page);
    if (shown === undefined) return;
    // The first page is read from its beginning anyway.
    if (!isFirst.current) document.querySelector<HTMLElement>('main h1')?.focus();
    isFirst.current = false;
  }, [shown, page, id]);
  if (page === 'unknown' || (page === 'try-it' && !session.value.isLocal)) return <UnknownPage />;
  if (page !== 'lead' && !isOpen) return <NoRights page={page} />;
  if (shown?.page === page) return <shown.View />;
  return failed === page ? <NotLoaded retry={() => setFailed(undefined)} /> : <Loading />;
};
