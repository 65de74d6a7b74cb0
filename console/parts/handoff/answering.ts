import { signal } from '@preact/signals';
import { ApiError, type FailureKind } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { beforeEnd } from '../../session/before-end.ts';
import { texts } from '../../texts/texts.ts';
import { showToast } from '../toasts.tsx';
import { forgetKey, keyOf } from './answer-keys.ts';
import { type AnswerableHandoff, nameInSentence, type Verdict } from './answerable.ts';

/** The time in which an answer can be taken back, in milliseconds: it is sent when its toast goes. */
const undoMs = 6_000;

/**
 * The time for which a hand-off that was answered may still be listed as open, in milliseconds: the answer is an event
 * that takes its way.
 */
const settleMs = 30_000;

/** An answer that was given in this window, and what became of it. */
export type Answering =
  | { readonly step: 'pending' | 'sent'; readonly verdict: Verdict; readonly at: number }
  | { readonly step: 'failed'; readonly why: FailureKind | 'stillOpen' };

interface Pending {
  readonly send: (isLeaving: boolean) => void;
  readonly undo: () => void;
}

/** The answers that were given in this window, by the ids of their hand-offs. */
export const answers = signal<ReadonlyMap<string, Answering>>(new Map());

const pending = new Map<string, Pending>();

const note = (id: string, answering: Answering | undefined): void => {
  const next = new Map(answers.peek());
  if (answering === undefined) next.delete(id);
  else next.set(id, answering);
  answers.value = next;
};

const post = async (id: string, verdict: Verdict, reason: string | undefined, isLeaving: boolean) => {
  try {
    await call(verdict === 'accepted' ? 'acceptHandoff' : 'rejectHandoff', {
      path: { id },
      body: reason === undefined ? {} : { reason },
      key: keyOf(id, verdict, reason),
      keepalive: isLeaving,
    });
    forgetKey(id, verdict, reason);
    note(id, { step: 'sent', verdict, at: Date.now() });
  } catch (error) {
    const why = error instanceof ApiError ? error.failure.kind : 'unavailable';
    note(id, { step: 'failed', why });
  }
};

/**
 * Answers a hand-off some seconds later, so that it can be undone until then: the API has no undo. The answer is sent at
 * once if the page is left or hidden before.
 */
export const answer = (handoff: AnswerableHandoff, verdict: Verdict, reason?: string): void => {
  const { id } = handoff;
  if (pending.has(id)) return;
  const t = texts.value.today;
  const name = nameInSentence(handoff);
  const end = (): void => {
    removeToast();
    pending.delete(id);
  };
  const undo = (): void => {
    end();
    note(id, undefined);
    showToast({ text: texts.value.today.undone(name) });
  };
  const send = (isLeaving: boolean): void => {
    end();
    void post(id, verdict, reason, isLeaving);
  };
  const removeToast = showToast({ text: t[verdict](name), undo, onEnd: () => send(false) }, undoMs);
  pending.set(id, { send, undo });
  note(id, { step: 'pending', verdict, at: Date.now() });
};

/** Takes back the answer that was given last, if it isn't sent yet. */
export const undoLatest = (): void => [...pending.values()].at(-1)?.undo();

/** Forgets the failure of an answer, once the reader has seen it. */
export const dismissFailure = (id: string): void => note(id, undefined);

/** Finds answers that were taken and have not taken effect: their hand-offs are still listed as open. */
export const settleAnswers = (openIds: ReadonlySet<string>): void => {
  for (const [id, answering] of answers.peek()) {
    const isOverdue = answering.step === 'sent' && Date.now() - answering.at > settleMs;
    if (isOverdue && openIds.has(id)) note(id, { step: 'failed', why: 'stillOpen' });
  }
};

const sendAll = (): void => {
  for (const { send } of [...pending.values()]) send(true);
};

// Answers outlive the page on which they were given: they go on while one looks at another.
addEventListener('pagehide', sendAll);
beforeEnd(sendAll);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') sendAll();
});
