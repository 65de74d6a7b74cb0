import { texts } from '../texts/texts.ts';
import { showToast } from './toasts.tsx';

/** Shows a command, with a button that copies it. */
export const Command = ({ text }: { readonly text: string }) => {
  const t = texts.value.parts;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    showToast({ text: t.copied });
  };
  return (
    <span class="command">
      <code>{text}</code>
      <button type="button" class="link" aria-label={`${t.copy}: ${text}`} onClick={() => void copy()}>
        {t.copy}
      </button>
    </span>
  );
};
