import { useEffect, useRef, useState } from 'preact/hooks';
import { AnswerFailure } from '../../../parts/handoff/answer-failure.tsx';
import { AnswerGiven } from '../../../parts/handoff/answer-given.tsx';
import type { AnswerableHandoff, Verdict } from '../../../parts/handoff/answerable.ts';
import { answer, answers, settleAnswers } from '../../../parts/handoff/answering.ts';
import { RejectDialog } from '../../../parts/handoff/reject-dialog.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';

interface HandoffButtonsProps {
  readonly lead: LeadAnswer;
  readonly handoff: AnswerableHandoff;
  /** Whether another request about the lead is under way. */
  readonly isBusy: boolean;
}

/** Answers the open hand-off of a lead as the page Today does: some seconds later, so that it can be undone. */
export const HandoffButtons = ({ lead, handoff, isBusy }: HandoffButtonsProps) => {
  const t = texts.value.today;
  const [isRejecting, setRejecting] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const answering = answers.value.get(handoff.id);
  useEffect(() => settleAnswers(new Set([handoff.id])), [lead]);
  const give = (verdict: Verdict, reason?: string): void => {
    setRejecting(false);
    answer(handoff, verdict, reason);
    // The button that was pressed is gone: the keyboard goes on from its place.
    requestAnimationFrame(() => place.current?.focus());
  };
  return (
    <div class="row" ref={place} tabIndex={-1} data-handoff={handoff.id}>
      {answering?.step === 'failed' && <AnswerFailure id={handoff.id} why={answering.why} />}
      {answering !== undefined && answering.step !== 'failed' ? (
        <AnswerGiven id={handoff.id} answer={answering} onUndone={() => place.current?.focus()} />
      ) : (
        <>
          <button type="button" aria-disabled={isBusy} onClick={() => isBusy || give('accepted')}>
            {t.accept}
          </button>
          <button
            type="button"
            class="secondary"
            aria-disabled={isBusy}
            onClick={() => isBusy || setRejecting(true)}
          >
            {t.reject} …
          </button>
        </>
      )}
      {isRejecting && (
        <RejectDialog
          handoff={handoff}
          onReject={(reason) => give('rejected', reason)}
          onClose={() => setRejecting(false)}
        />
      )}
    </div>
  );
};
