import { signal } from '@preact/signals';

/** Whether the page holds changes that are nowhere else, so that it must not be left unasked. */
export const holdsChanges = signal(false);

/** Returns whether the page must not be left unasked: it holds changes, or somebody may be typing. */
export const mustStay = (): boolean =>
  holdsChanges.value || document.querySelector('dialog[open], textarea') !== null;
