import './handoff.css';
import { useEffect } from 'preact/hooks';
import { texts } from '../../texts/texts.ts';
import { holdWhileOn } from '../countdown.ts';
import { findPending, type GivenAnswer } from './answering.ts';

interface AnswerGivenProps {
  readonly id: string;
  readonly answer: GivenAnswer;
  /** Is called when the reader has taken the answer back here: the button that was pressed is gone then. */
  readonly onUndone: () => void;
}

/** Takes back an answer. It isn't sent while the pointer or the focus is here, so that nobody has to be quick. */
const UndoButton = ({ id, answer: { name }, onUndone }: AnswerGivenProps) => {
  const t = texts.value;
  const handlers = holdWhileOn({
    hold: (reason) => findPending(id)?.hold(reason),
    release: (reason) => findPending(id)?.release(reason),
  });
  // An element that is removed under the pointer, or with the focus, is not left by either.
  useEffect(
    () => () => {
      handlers.onPointerLeave();
      handlers.onFocusOut();
    },
    [id],
  );
  const undo = (): void => {
    findPending(id)?.undo();
    onUndone();
  };
  return (
    <button type="button" class="secondary" aria-label={t.today.undoName(name)} onClick={undo} {...handlers}>
      {t.parts.undo}
    </button>
  );
};

/** Shows which answer was given to a hand-off, with a way to take it back until it is sent. */
export const AnswerGiven = (props: AnswerGivenProps) => {
  const t = texts.value.today;
  const { step, verdict } = props.answer;
  return (
    <p class="answered">
      <span>✓ {(step === 'pending' ? t.sending : t.sent)[verdict]}</span>
      {step === 'pending' && <UndoButton {...props} />}
    </p>
  );
};
