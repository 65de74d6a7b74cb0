import { signal } from '@preact/signals';

/** The pages, by the first part of their fragment. */
const pages = ['today', 'leads', 'lead', 'funnel', 'model', 'health', 'try-it'] as const;
export type Page = (typeof pages)[number];

/** A place in the console: a page, the lead that it shows, and its filters. */
export interface Route {
  readonly page: Page | 'unknown';
  /** The id of the lead; on the page `lead` only. */
  readonly id?: string;
  readonly query: URLSearchParams;
}

/** The filters of a page. One that is undefined or empty is left out. */
export type Filters = Readonly<Record<string, string | undefined>>;

const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/**
 * Reads a place from the fragment of a URL, such as `#/leads/l-1?at=2026-03-01T09:00:00Z`. Places are in the fragment
 * since no browser sends that to a server, so no log ever holds the id of a lead.
 */
export const parseFragment = (fragment: string): Route => {
  const [, path = '', text = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(fragment) ?? [];
  const query = new URLSearchParams(text);
  const [first = '', second, ...others] = path.split('/').filter((part) => part !== '');
  if (first === '') return { page: 'today', query };
  const id = second === undefined ? undefined : decode(second);
  if (first === 'leads' && id !== undefined && others.length === 0) return { page: 'lead', id, query };
  const page = pages.find((each) => each === first && each !== 'lead');
  return page !== undefined && second === undefined ? { page, query } : { page: 'unknown', query };
};

/** Returns the text of filters, sorted so that the same filters give the same address. */
const writeFilters = (filters: Filters): string => {
  const set = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(set.sort(([a], [b]) => (a < b ? -1 : 1)) as [string, string][]);
  return query.size === 0 ? '' : `?${query}`;
};

/** Returns the address of a page with its filters, such as `#/funnel?from=2026-03-01`. */
export const hrefOf = (page: Exclude<Page, 'lead'>, filters: Filters = {}): string =>
  `#/${page === 'today' ? '' : page}${writeFilters(filters)}`;

/** Returns the address of a lead. */
export const hrefOfLead = (id: string, filters: Filters = {}): string =>
  `#/leads/${encodeURIComponent(id)}${writeFilters(filters)}`;

/** The place that is shown now. */
export const route = signal<Route>({ page: 'today', query: new URLSearchParams() });

const follow = (): void => {
  route.value = parseFragment(location.hash);
};

/** Follows the address from now on. */
export const startRouting = (): void => {
  addEventListener('hashchange', follow);
  follow();
};

/** Changes some filters of the page that is shown, in its address, without a new entry in the history. */
export const changeFilters = (changes: Filters): void => {
  const [path = '#/'] = location.hash.split('?');
  const next = { ...Object.fromEntries(route.value.query), ...changes };
  history.replaceState(null, '', `${path || '#/'}${writeFilters(next)}`);
  follow();
};

/** Goes to another place, as a link would. @param href an address of `hrefOf` or `hrefOfLead` */
export const goTo = (href: string): void => {
  location.hash = href;
};
