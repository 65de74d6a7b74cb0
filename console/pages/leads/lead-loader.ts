import { signal } from '@preact/signals';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { isCovered, type ListFilters } from './filters.ts';
import { type LeadRow, toRow } from './listed-lead.ts';
import { type ListPosition, readSome } from './read-some.ts';

const pageSize = 200;

/**
 * Leads are listed from the best tier to none, which is by far the largest: after so many, its reader says whether to
 * go on.
 */
const bounds = { requests: 60, items: 10_000 };

/** The leads that are loaded so far. */
export interface LoadedLeads {
  readonly rows: readonly LeadRow[];
  /** Whether it goes on by itself, is at the end, was stopped by an error, or waits until more are asked for. */
  readonly status: 'loading' | 'done' | 'failed' | 'more';
  readonly error: ApiError | undefined;
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError({ kind: 'unavailable', status: 0, detail: String(error), errors: [] });

/**
 * Returns what loads leads page by page, and what it has loaded so far. Filters that choose some of the leads that it
 * loads need no new request.
 */
export const createLeadLoader = () => {
  const loaded = signal<LoadedLeads>({ rows: [], status: 'loading', error: undefined });
  // A lead that changes its tier while pages are read may be on two of them: the later one counts.
  const rows = new Map<string, LeadRow>();
  let running: AbortController | undefined;
  let filters: ListFilters | undefined;
  let position: ListPosition;
  let frame = 0;

  const show = (status: LoadedLeads['status'], error?: ApiError): void => {
    cancelAnimationFrame(frame);
    loaded.value = { rows: [...rows.values()], status, error };
  };
  // To sort many leads takes longer than to load a page, so that pages are shown once for each drawn frame.
  const showSoon = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => show('loading'));
  };

  const read = async (cursor: string | undefined, given: AbortSignal) => {
    const query = { ...filters, limit: `${pageSize}`, cursor };
    const answer = await call('listLeads', { query, signal: given });
    return { items: answer.leads, cursor: answer.cursor };
  };

  const run = async (): Promise<void> => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const given = controller.signal;
    show('loading');
    try {
      await readSome(
        position,
        bounds,
        (cursor) => read(cursor, given),
        (page) => {
          if (given.aborted) return 'end';
          position = page.cursor;
          for (const lead of page.items) rows.set(lead.leadId, toRow(lead));
          showSoon();
          return 'go-on';
        },
      );
      if (!given.aborted) show(position === null ? 'done' : 'more');
    } catch (error) {
      if (!given.aborted) show('failed', asApiError(error));
    }
  };

  /** Loads all leads that match filters from the beginning. */
  const reload = (wanted: ListFilters): void => {
    filters = wanted;
    position = undefined;
    rows.clear();
    void run();
  };

  return {
    loaded,
    reload,
    /** Loads the leads that match filters, unless they are among those that it loads or has loaded already. */
    ensure: (wanted: ListFilters): void => {
      const hasAll = loaded.peek().status !== 'more';
      if (filters === undefined || !isCovered(wanted, filters)) reload(wanted);
      else if (!hasAll && !isCovered(filters, wanted)) reload(wanted);
    },
    /** Goes on after a failure, or when more are asked for. */
    goOn: (): void => void run(),
    stop: (): void => {
      running?.abort();
      cancelAnimationFrame(frame);
    },
  };
};
