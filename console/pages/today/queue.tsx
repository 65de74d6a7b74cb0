import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { goTo, hrefOfLead } from '../../app/route.ts';
import { answer, answers, undoLatest } from '../../parts/handoff/answering.ts';
import { mayAnswer } from '../../parts/handoff/may-answer.ts';
import { RejectDialog } from '../../parts/handoff/reject-dialog.tsx';
import { session } from '../../session/session.ts';
import { texts } from '../../texts/texts.ts';
import type { TodayFilters } from './filters.ts';
import type { ListedHandoff } from './handoff.ts';
import { HandoffRow } from './handoff-row.tsx';
import { focusedRowId, focusRow, moveFocus, useKeys } from './keys.ts';
import { useShown } from './use-shown.ts';

/** The number of rows that are shown at first, and more at a time. */
const rowsAtOnce = 50;

interface QueueProps {
  readonly handoffs: readonly ListedHandoff[];
  readonly state: TodayFilters['state'];
  readonly onHelp: () => void;
  /** Is shown in place of no rows. */
  readonly children: ComponentChildren;
}

const isAnswered = (id: string): boolean => {
  const step = answers.peek().get(id)?.step;
  return step === 'pending' || step === 'sent';
};

/** Shows hand-offs as rows that can be answered, by the pointer or by keys. */
export const Queue = ({ handoffs, state, onHelp, children }: QueueProps) => {
  const t = texts.value.today;
  const [most, setMost] = useState(rowsAtOnce);
  const [rejecting, setRejecting] = useState<ListedHandoff>();
  const { rows, gone, waiting, isNew, announced, update, handlers } = useShown(handoffs);
  const { person } = session.value;
  const visible = useMemo(() => rows.slice(0, most), [rows, most]);

  const accept = (handoff: ListedHandoff): void => {
    focusRow(handoff.id);
    answer(handoff, 'accepted');
  };
  const reject = (handoff: ListedHandoff, reason: string): void => {
    setRejecting(undefined);
    answer(handoff, 'rejected', reason);
    requestAnimationFrame(() => focusRow(handoff.id));
  };
  const withFocused = (act: (handoff: ListedHandoff) => void) => (): void => {
    const id = focusedRowId();
    const handoff = visible.find((each) => each.id === id);
    if (handoff?.state !== 'open' || !mayAnswer(handoff, person)) return;
    if (!isAnswered(handoff.id) && !gone.has(handoff.id)) act(handoff);
  };
  useKeys(
    new Map([
      ['j', () => moveFocus(1)],
      ['k', () => moveFocus(-1)],
      ['ArrowDown', () => moveFocus(1)],
      ['ArrowUp', () => moveFocus(-1)],
      [
        'a',
        withFocused((handoff) => {
          accept(handoff);
          moveFocus(1);
        }),
      ],
      ['r', withFocused(setRejecting)],
      [
        'o',
        () => {
          const handoff = visible.find(({ id }) => id === focusedRowId());
          if (handoff !== undefined) goTo(hrefOfLead(handoff.leadId));
        },
      ],
      ['u', undoLatest],
      ['?', onHelp],
    ]),
  );

  return (
    <>
      <p class="visually-hidden" role="status">
        {announced > 0 && t.fresh(announced)}
      </p>
      <div {...handlers}>
        {waiting > 0 && (
          <p class="fresh">
            <button type="button" onClick={update}>
              {t.showFresh(waiting)}
            </button>
          </p>
        )}
        {rows.length === 0 && children}
        <ol class="queue" aria-label={t.states[state]}>
          {visible.map((handoff) => (
            <li key={handoff.id}>
              <HandoffRow
                handoff={handoff}
                answering={answers.value.get(handoff.id)}
                isGone={gone.has(handoff.id)}
                isNew={isNew(handoff.id)}
                canAnswer={mayAnswer(handoff, person)}
                onAccept={() => accept(handoff)}
                onReject={() => setRejecting(handoff)}
              />
            </li>
          ))}
        </ol>
      </div>
      {rows.length > most && (
        <button type="button" class="secondary" onClick={() => setMost(most + rowsAtOnce)}>
          {t.more(Math.min(rowsAtOnce, rows.length - most))}
        </button>
      )}
      {rejecting !== undefined && (
        <RejectDialog
          handoff={rejecting}
          onReject={(reason) => reject(rejecting, reason)}
          onClose={() => setRejecting(undefined)}
        />
      )}
    </>
  );
};
