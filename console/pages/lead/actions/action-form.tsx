import type { ComponentChildren } from 'preact';
import { Dialog } from '../../../parts/dialog.tsx';
import { Problem } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAction } from './use-lead-action.ts';

interface ActionFormProps {
  readonly title: string;
  readonly submit: string;
  readonly action: LeadAction;
  readonly isReady?: boolean;
  readonly isDangerous?: boolean;
  readonly onSubmit: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks for what a request needs, sends it, and closes once it was taken in. */
export const ActionForm = (props: ActionFormProps) => {
  const { title, submit, action, isReady = true, isDangerous = false, onSubmit, onClose, children } = props;
  const isSending = action.progress.value === 'sending';
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!isReady || isSending) return;
    if (await action.send(onSubmit)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        {children}
        {action.error.value !== undefined && <Problem error={action.error.value} />}
        <footer>
          <button type="button" class="secondary" onClick={onClose}>
            {texts.value.parts.cancel}
          </button>
          <button type="submit" class={isDangerous ? 'danger' : ''} disabled={!isReady || isSending}>
            {submit}
          </button>
        </footer>
      </form>
    </Dialog>
  );
};
