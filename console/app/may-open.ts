import { session } from '../session/session.ts';
import type { Page } from './route.ts';

/** Returns whether the reader may open a page. What it then shows is decided by the API. */
export const mayOpen = (page: Page): boolean => {
  const { person, isLocal } = session.value;
  if (page === 'try-it' && !isLocal) return false;
  return (page !== 'health' && page !== 'try-it') || person?.role === 'admin';
};
