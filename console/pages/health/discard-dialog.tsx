import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Problem } from '../../parts/states.tsx';
import { showToast } from '../../parts/toasts.tsx';
import { texts } from '../../texts/texts.ts';

interface DiscardProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks why a rejected event is discarded, and discards it. */
export const DiscardDialog = ({ id, onClose, onDone }: DiscardProps) => {
  const t = texts.value.health.event;
  const [reason, setReason] = useState('');
  const [error, setError] = useState<ApiError>();
  const discard = async (submitted: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    submitted.preventDefault();
    try {
      await call('discardQuarantined', { path: { id }, body: { reason: reason.trim() } });
      showToast({ text: t.discarded });
      onDone();
    } catch (failed) {
      if (!(failed instanceof ApiError)) throw failed;
      setError(failed);
    }
  };
  return (
    <Dialog title={t.discardTitle} onClose={onClose}>
      <form onSubmit={(submitted) => void discard(submitted)}>
        <p>{t.discardHint}</p>
        <label>
          {t.reason}
          <input
            value={reason}
            required
            pattern=".*\S.*"
            maxLength={500}
            autocomplete="off"
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        {error !== undefined && <Problem error={error} />}
        <footer>
          <button type="button" class="secondary" onClick={onClose}>
            {texts.value.parts.cancel}
          </button>
          <button type="submit" class="danger">
            {t.discardNow}
          </button>
        </footer>
      </form>
    </Dialog>
  );
};
