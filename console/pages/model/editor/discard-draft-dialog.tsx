import { Dialog } from '../../../parts/dialog.tsx';
import { texts } from '../../../texts/texts.ts';

interface DiscardDraftProps {
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** Asks whether changes that are nowhere else are to be lost. */
export const DiscardDraftDialog = ({ onDiscard, onClose }: DiscardDraftProps) => {
  const t = texts.value.model.editor;
  return (
    <Dialog title={t.discardTitle} onClose={onClose}>
      <p>{t.discardHint}</p>
      <footer>
        <button type="button" class="secondary" onClick={onClose}>
          {texts.value.parts.cancel}
        </button>
        <button type="button" class="danger" onClick={onDiscard}>
          {t.discard}
        </button>
      </footer>
    </Dialog>
  );
};
