import './handoff.css';
import type { FailureKind } from '../../api/api-error.ts';
import { texts } from '../../texts/texts.ts';
import { dismissFailure } from './answering.ts';

interface AnswerFailureProps {
  readonly id: string;
  readonly why: FailureKind | 'stillOpen';
}

/** Says why the answer to a hand-off did not count. */
export const AnswerFailure = ({ id, why }: AnswerFailureProps) => (
  <p class="answer-failure" role="alert">
    <span aria-hidden="true">⚠</span> {texts.value.today.failures[why]}{' '}
    <button type="button" class="link" onClick={() => dismissFailure(id)}>
      {texts.value.parts.close}
    </button>
  </p>
);
