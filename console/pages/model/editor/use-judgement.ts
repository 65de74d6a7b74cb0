import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ModelComparison } from '../judging/compare-all.ts';
import { giveLeads, startJudge } from '../judging/judge.ts';
import type { Finding } from '../judging/judge-models.ts';
import { type Language, startLanguage } from './language.ts';
import type { TextRange } from './path-range.ts';

/** A finding about the draft. A syntax error has its range already; other findings have a path. */
export interface DraftFinding extends Finding {
  readonly range?: TextRange;
}

/** The findings about a text. */
export interface Judgement {
  /** The text that was judged. */
  readonly text: string;
  readonly findings: readonly DraftFinding[];
}

/** The comparison of the draft with the active model. */
export interface DraftComparison {
  readonly state: 'loading' | 'waiting' | 'ready' | 'impossible' | 'failed';
  /** The latest one; it stays while a newer one is made. */
  readonly comparison?: ModelComparison;
}

interface Judged {
  readonly language: Language;
  readonly judgement: ReadonlySignal<Judgement | undefined>;
  readonly comparison: ReadonlySignal<DraftComparison>;
}

/** The milliseconds without typing after which a text is judged. */
const quietMs = 300;

const findAll = async (
  { call: callLanguage }: Language,
  check: (text: string) => Promise<readonly Finding[]>,
  text: string,
): Promise<readonly DraftFinding[]> => {
  const errors = await callLanguage('findSyntaxErrors', text);
  if (errors.length === 0) return check(text);
  return errors.map(({ text: message, ...range }) => ({
    severity: 'error',
    path: '',
    given: '',
    allowed: message,
    range,
  }));
};

/**
 * Judges the text of a draft in workers, soon after it has changed: its findings, and what it would do to leads.
 *
 * @param active the text of the active model
 */
export const useJudgement = (text: string, active: string): Judged => {
  const judgement = useSignal<Judgement | undefined>(undefined);
  const comparison = useSignal<DraftComparison>({ state: 'loading' });
  const workers = useMemo(() => ({ language: startLanguage(), judge: startJudge() }), []);
  const hasLeads = useSignal(false);
  const latest = useRef(text);
  latest.current = text;

  useEffect(() => {
    const controller = new AbortController();
    giveLeads(workers.judge, controller.signal).then(
      () => {
        hasLeads.value = true;
      },
      () => {
        if (!controller.signal.aborted) comparison.value = { state: 'failed' };
      },
    );
    return () => {
      controller.abort();
      workers.language.stop();
      workers.judge.stop();
    };
  }, [workers, hasLeads, comparison]);

  useEffect(() => {
    const judge = async (): Promise<void> => {
      const findings = await findAll(workers.language, (each) => workers.judge.call('check', each), text);
      if (latest.current !== text) return;
      judgement.value = { text, findings };
      if (comparison.peek().state === 'failed') return;
      const { comparison: before } = comparison.peek();
      const previous = before && { comparison: before };
      if (findings.some(({ severity }) => severity === 'error')) {
        comparison.value = { state: 'impossible', ...previous };
        return;
      }
      if (!hasLeads.value) return;
      comparison.value = { state: 'waiting', ...previous };
      const made = await workers.judge.call('compare', { before: active, after: text });
      if (made !== undefined && latest.current === text)
        comparison.value = { state: 'ready', comparison: made };
    };
    const fail = (): void => {
      comparison.value = { state: 'failed' };
    };
    const timer = setTimeout(() => judge().catch(fail), judgement.peek() === undefined ? 0 : quietMs);
    return () => clearTimeout(timer);
  }, [text, active, hasLeads.value, workers, judgement, comparison]);

  return { language: workers.language, judgement, comparison };
};
