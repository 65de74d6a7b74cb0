import { signal } from '@preact/signals';
import { texts } from '../texts/texts.ts';
import { type Countdown, holdWhileOn, startCountdown } from './countdown.ts';

interface Toast {
  readonly id: number;
  readonly text: string;
  /** The only way to end it, or to take back what the text says. @default there is none */
  readonly button?: { readonly label: string; readonly press: () => void } | undefined;
  /** Ends it by itself. @default it stays until its button is pressed */
  readonly countdown?: Countdown | undefined;
}

interface ToastProps extends Pick<Toast, 'text'> {
  /** Takes back what the text says. @default it can't be taken back */
  readonly undo?: () => void;
  /** Is called when the toast goes by itself: then what it says can't be taken back any more. */
  readonly onEnd?: () => void;
}

/** A toast that goes by itself, and how to end it early or let it stay. */
export interface ShownToast extends Pick<Countdown, 'hold' | 'release'> {
  readonly remove: () => void;
}

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

const remove = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

const add = (toast: Omit<Toast, 'id'>): (() => void) => {
  lastId += 1;
  const id = lastId;
  toasts.value = [...toasts.value, { id, ...toast }];
  return () => remove(id);
};

/**
 * Says for some seconds what was done. It stays while the pointer or the focus is on it, so that nobody has to be quick.
 *
 * @param ms how long
 */
export const showToast = ({ text, undo, onEnd }: ToastProps, ms = 6_000): ShownToast => {
  const countdown = startCountdown(ms, () => {
    takeAway();
    onEnd?.();
  });
  const removeNow = (): void => {
    countdown.stop();
    takeAway();
  };
  const press = (): void => {
    removeNow();
    undo?.();
  };
  const button = undo === undefined ? undefined : { label: texts.value.parts.undo, press };
  const takeAway = add({ text, button, countdown });
  return { hold: countdown.hold, release: countdown.release, remove: removeNow };
};

/**
 * Says what has failed, until it is closed: whoever looks elsewhere for a while must find it.
 *
 * @param onClose is called when the reader closes it
 * @returns what removes it
 */
export const showFailure = (text: string, onClose: () => void): (() => void) => {
  const press = (): void => {
    removeNow();
    onClose();
  };
  const removeNow = add({ text, button: { label: texts.value.parts.close, press } });
  return removeNow;
};

const ToastView = ({ text, button, countdown }: Toast) => (
  <p class="toast" {...(countdown !== undefined && holdWhileOn(countdown))}>
    <span>{text}</span>
    {button !== undefined && (
      <button type="button" onClick={button.press}>
        {button.label}
      </button>
    )}
  </p>
);

/** Shows what was done, with a way to take it back. */
export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite">
    {toasts.value.map((toast) => (
      <ToastView key={toast.id} {...toast} />
    ))}
  </div>
);
