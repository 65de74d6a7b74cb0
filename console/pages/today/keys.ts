import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

const settingName = 'sluice.keys';

const readSetting = (): boolean => {
  try {
    return localStorage.getItem(settingName) !== 'off';
  } catch {
    return true;
  }
};

/** Whether single keys are used. Speech input and screen readers may send keys that nobody meant. */
export const areKeysOn = signal(readSetting());

/** Turns single keys on or off, also for the next time. */
export const setKeysOn = (isOn: boolean): void => {
  areKeysOn.value = isOn;
  try {
    localStorage.setItem(settingName, isOn ? 'on' : 'off');
  } catch {
    // Without storage it holds until the page is left.
  }
};

/** The keys that act again and again while they are held. All others, such as that which accepts, act once. */
const held: ReadonlySet<string> = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, dialog') !== null);

/** The effects of keys, by the names of `KeyboardEvent.key`. */
export type KeyActions = ReadonlyMap<string, () => void>;

/** Lets single keys act on a page while nobody types, no dialog is open, and no other key is held. */
export const useKeys = (actions: KeyActions): void => {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const act = (event: KeyboardEvent): void => {
      const { key, target, ctrlKey, metaKey, altKey, defaultPrevented, isComposing } = event;
      if (!areKeysOn.value || defaultPrevented || isComposing || ctrlKey || metaKey || altKey) return;
      if (isTyping(target) || document.querySelector('dialog[open]') !== null) return;
      if (event.repeat && !held.has(key)) return;
      const action = latest.current.get(key);
      // Elsewhere the arrows scroll the page, as everybody expects.
      if (action === undefined || (key.startsWith('Arrow') && focusedRowId() === undefined)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', act);
    return () => document.removeEventListener('keydown', act);
  }, []);
};

const findRows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-handoff]')];

/** Returns the id of the hand-off whose row has the focus. */
export const focusedRowId = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-handoff]')?.dataset.handoff;

/** Moves the focus to a row. */
export const focusRow = (id: string): void => {
  const row = findRows().find(({ dataset }) => dataset.handoff === id);
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
};

/** Moves the focus by some rows: from none to the first. */
export const moveFocus = (by: number): void => {
  const rows = findRows();
  const at = rows.findIndex(({ dataset }) => dataset.handoff === focusedRowId());
  const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};
