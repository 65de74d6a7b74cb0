import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { texts } from '../texts/texts.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Shows a dialog above the page while it is part of it. It ends by Escape, its button, or whoever leaves it out. */
export const Dialog = ({ title, onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    const opener = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      // A dialog that is no part of the page any more gives the focus back to nobody.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={onClose}>
      <article>
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" class="close" aria-label={texts.value.parts.close} onClick={onClose}>
            ×
          </button>
        </header>
        {children}
      </article>
    </dialog>
  );
};
