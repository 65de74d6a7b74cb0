import { signal } from '@preact/signals';
import { ApiError, type FailureKind } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { beforeEnd } from '../../session/before-end.ts';
import { texts } from '../../texts/texts.ts';
import { type ShownToast, showFailure, showToast } from '../toasts.tsx';
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
export type Answering = GivenAnswer | { readonly step: 'failed'; readonly why: Failure };

/** An answer that counts, as far as is known. */
export interface GivenAnswer {
  readonly step: 'pending' | 'sent';
  readonly verdict: Verdict;
  readonly at: number;
  /** The lead, as sentences name it. */
  readonly name: string;
}

type Failure = FailureKind | 'stillOpen';

/** An answer that isn't sent yet. While it is held it isn't sent either. */
interface Pending extends Pick<ShownToast, 'hold' | 'release'> {
  readonly send: (isLeaving: boolean) => void;
  readonly undo: () => void;
}

/** The answers that were given in this window, by the ids of their hand-offs. */
export const answers = signal<ReadonlyMap<string, Answering>>(new Map());

const pending = new Map<string, Pending>();

/** The functions that remove the toasts of failures, by the ids of their hand-offs. */
const failureToasts = new Map<string, () => void>();

const note = (id: string, answering: Answering | undefined): void => {
  failureToasts.get(id)?.();
  failureToasts.delete(id);
  const next = new Map(answers.peek());
  if (answering === undefined) next.delete(id);
  else next.set(id, answering);
  answers.value = next;
};

/** Returns whether the reader sees a hand-off, which then shows by itself what became of its answer. */
const isInSight = (id: string): boolean =>
  [...document.querySelectorAll<HTMLElement>('[data-handoff]')].some((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return element.dataset.handoff === id && bottom > 0 && top < innerHeight;
  });

/** Notes that an answer has failed. Whoever looks elsewhere meanwhile learns it by a toast. */
const fail = (id: string, name: string, why: Failure): void => {
  note(id, { step: 'failed', why });
  if (isInSight(id)) return;
  const t = texts.value.today;
  failureToasts.set(
    id,
    showFailure(t.failed(name, t.failures[why]), () => dismissFailure(id)),
  );
};

interface Given {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: string | undefined;
}

const post = async ({ id, name, verdict, reason }: Given, isLeaving: boolean): Promise<void> => {
  try {
    await call(verdict === 'accepted' ? 'acceptHandoff' : 'rejectHandoff', {
      path: { id },
      body: reason === undefined ? {} : { reason },
      key: keyOf(id, verdict, reason),
      keepalive: isLeaving,
    });
    forgetKey(id, verdict, reason);
    note(id, { step: 'sent', verdict, at: Date.now(), name });
  } catch (error) {
    fail(id, name, error instanceof ApiError ? error.failure.kind : 'unavailable');
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
    toast.remove();
    pending.delete(id);
  };
  const undo = (): void => {
    end();
    note(id, undefined);
    showToast({ text: texts.value.today.undone(name) });
  };
  const send = (isLeaving: boolean): void => {
    end();
    void post({ id, name, verdict, reason }, isLeaving);
  };
  const toast = showToast({ text: t[verdict](name), undo, onEnd: () => send(false) }, undoMs);
  pending.set(id, { send, undo, hold: toast.hold, release: toast.release });
  note(id, { step: 'pending', verdict, at: Date.now(), name });
};

/** Finds the answer to a hand-off while it can be taken back. */
export const findPending = (id: string): Pending | undefined => pending.get(id);

/** Takes back the answer that was given last, if it isn't sent yet. */
export const undoLatest = (): void => [...pending.values()].at(-1)?.undo();

/** Forgets the failure of an answer, once the reader has seen it. */
export const dismissFailure = (id: string): void => note(id, undefined);

/** Finds answers that were taken and have not taken effect: their hand-offs are still listed as open. */
export const settleAnswers = (openIds: ReadonlySet<string>): void => {
  for (const [id, answering] of answers.peek()) {
    if (answering.step !== 'sent' || Date.now() - answering.at <= settleMs) continue;
    if (openIds.has(id)) fail(id, answering.name, 'stillOpen');
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
