import './handoff.css';
import { useId, useRef, useState } from 'preact/hooks';
import { locale, texts } from '../../texts/texts.ts';
import { Dialog } from '../dialog.tsx';
import { type AnswerableHandoff, nameOf } from './answerable.ts';

/** The most characters of a reason, as the API has it. */
const mostCharacters = 500;

interface RejectDialogProps {
  readonly handoff: AnswerableHandoff;
  readonly onReject: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why a hand-off is rejected. */
export const RejectDialog = ({ handoff, onReject, onClose }: RejectDialogProps) => {
  const t = texts.value.today;
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const given = reason.trim();
    setMissing(given === '');
    if (given === '') field.current?.focus();
    else onReject(given);
  };
  return (
    <Dialog title={t.rejectTitle} onClose={onClose}>
      <form class="reject" onSubmit={submit} noValidate>
        <p class="clamped">
          <bdi>{nameOf(handoff)}</bdi>
        </p>
        <p class="muted">{t.rejectHint}</p>
        <label for={`${id}-reason`}>{t.reason}</label>
        <textarea
          ref={field}
          autofocus
          id={`${id}-reason`}
          rows={3}
          required
          maxLength={mostCharacters}
          value={reason}
          aria-describedby={`${id}-hint`}
          {...(isMissing && { 'aria-invalid': 'true' })}
          onInput={({ currentTarget }) => {
            setReason(currentTarget.value);
            setMissing(false);
          }}
        />
        <small id={`${id}-hint`} role={isMissing ? 'alert' : undefined}>
          {isMissing
            ? t.reasonMissing
            : t.reasonHint((mostCharacters - reason.length).toLocaleString(locale.value))}
        </small>
        <fieldset class="row examples">
          <legend>{t.reasonExamples}</legend>
          {t.examples.map((example) => (
            <button
              key={example}
              type="button"
              class="secondary"
              onClick={() => {
                setReason(example);
                setMissing(false);
              }}
            >
              {example}
            </button>
          ))}
        </fieldset>
        <footer>
          <button type="button" class="secondary" onClick={onClose}>
            {texts.value.parts.cancel}
          </button>
          <button type="submit">{t.reject}</button>
        </footer>
      </form>
    </Dialog>
  );
};
