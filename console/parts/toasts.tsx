import { signal } from '@preact/signals';
import { texts } from '../texts/texts.ts';
import { type Countdown, startCountdown } from './countdown.ts';

interface Toast {
  readonly id: number;
  readonly text: string;
  /** Takes back what the text says. @default it can't be taken back */
  readonly undo?: (() => void) | undefined;
  readonly countdown: Countdown;
}

interface ToastProps extends Pick<Toast, 'text' | 'undo'> {
  /** Is called when the toast goes by itself: then what it says can't be taken back any more. */
  readonly onEnd?: () => void;
}

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

const remove = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

/**
 * Says for some seconds what was done. It stays while the pointer or the focus is on it, so that nobody has to be quick.
 *
 * @param ms how long
 * @returns what removes it
 */
export const showToast = ({ text, undo, onEnd }: ToastProps, ms = 6_000): (() => void) => {
  lastId += 1;
  const id = lastId;
  const countdown = startCountdown(ms, () => {
    remove(id);
    onEnd?.();
  });
  toasts.value = [...toasts.value, { id, text, undo, countdown }];
  return () => {
    countdown.stop();
    remove(id);
  };
};

const UndoButton = ({ id, undo, countdown }: Toast) => (
  <button
    type="button"
    onClick={() => {
      countdown.stop();
      remove(id);
      undo?.();
    }}
  >
    {texts.value.parts.undo}
  </button>
);

const ShownToast = (toast: Toast) => {
  const { hold, release } = toast.countdown;
  return (
    <p
      class="toast"
      onPointerEnter={() => hold('pointer')}
      onPointerLeave={() => release('pointer')}
      onFocusIn={() => hold('focus')}
      onFocusOut={() => release('focus')}
    >
      <span>{toast.text}</span>
      {toast.undo !== undefined && <UndoButton {...toast} />}
    </p>
  );
};

/** Shows what was done, with a way to take it back. */
export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite">
    {toasts.value.map((toast) => (
      <ShownToast key={toast.id} {...toast} />
    ))}
  </div>
);
