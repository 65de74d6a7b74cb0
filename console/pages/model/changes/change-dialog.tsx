import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { ApiError } from '../../../api/api-error.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { Problem } from '../../../parts/states.tsx';
import { showToast } from '../../../parts/toasts.tsx';
import { texts } from '../../../texts/texts.ts';

/** The most characters of a reason. */
const longestReason = 500;

interface ChangeDialogProps {
  readonly title: string;
  /** The words of the button. */
  readonly submit: string;
  /** Says that it was done. */
  readonly done: string;
  /** Changes something. The dialog stays open if it fails, and says why. */
  readonly change: (reason: string) => Promise<unknown>;
  /** Called when it was done, or when somebody else was first. @default nothing */
  readonly onDone?: () => void;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** Asks for the reason of a change of the models in use, and makes it. */
export const ChangeDialog = ({
  title,
  submit,
  done,
  change,
  onDone,
  onClose,
  children,
}: ChangeDialogProps) => {
  const t = texts.value.model.changes;
  const reason = useSignal('');
  const isBusy = useSignal(false);
  const problem = useSignal<ApiError | undefined>(undefined);
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = undefined;
    try {
      await change(reason.value.trim());
      showToast({ text: done });
      onDone?.();
      onClose();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem.value = error;
      // Somebody else was first, perhaps: the page shows what is so now.
      if (error.failure.kind === 'conflict') onDone?.();
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        {children}
        <label>
          {t.reason}
          <input
            type="text"
            required
            pattern=".*\S.*"
            maxLength={longestReason}
            value={reason.value}
            onInput={({ currentTarget }) => {
              reason.value = currentTarget.value;
            }}
            aria-describedby="reason-hint"
          />
          <small id="reason-hint">{t.reasonHint}</small>
        </label>
        {problem.value !== undefined && <Problem error={problem.value} />}
        <footer>
          <button type="button" class="secondary" onClick={onClose}>
            {texts.value.parts.cancel}
          </button>
          <button type="submit" aria-busy={isBusy.value}>
            {submit}
          </button>
        </footer>
      </form>
    </Dialog>
  );
};
