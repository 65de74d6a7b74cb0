import { computed, effect, signal } from '@preact/signals';
import { holdsChanges } from '../../session/leaving.ts';

/** A model that is being edited. */
export interface Draft {
  /** The version from which it was made, such as `success-ready@5`; the name of a file that was loaded. */
  readonly origin: string;
  /** The text that it began with, or as which it was published or downloaded last. */
  readonly saved: string;
  readonly text: string;
}

/** The draft. It is in memory only, and stays while other pages are visited. */
export const draft = signal<Draft | undefined>(undefined);

/** Whether the draft has changes that are nowhere else. */
export const hasChanges = computed(() => draft.value !== undefined && draft.value.text !== draft.value.saved);

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

// The browser asks whether to leave, in its own words, and an expired session doesn't leave by itself.
effect(() => {
  holdsChanges.value = hasChanges.value;
  if (hasChanges.value) addEventListener('beforeunload', warn);
  else removeEventListener('beforeunload', warn);
});

/** Changes the text of the draft. */
export const changeDraft = (text: string): void => {
  if (draft.value !== undefined) draft.value = { ...draft.value, text };
};

/** Notes that the text of the draft is also somewhere else now. */
export const noteSaved = (): void => {
  if (draft.value !== undefined) draft.value = { ...draft.value, saved: draft.value.text };
};
