import { Worded } from '../../../parts/authored.tsx';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { texts } from '../../../texts/texts.ts';
import type { DraftFinding, Judgement } from './use-judgement.ts';

interface FindingsProps {
  readonly judgement: Judgement | undefined;
  readonly onGoTo: (finding: DraftFinding) => void;
}

/** Returns a finding in words, without its path. What the check has worded is marked. */
export const describeFinding = ({ given, allowed }: DraftFinding): string =>
  given === ''
    ? markAuthored(allowed)
    : texts.value.model.editor.given(markAuthored(given), markAuthored(allowed));

const Row = ({ finding, onGoTo }: { readonly finding: DraftFinding } & Pick<FindingsProps, 'onGoTo'>) => {
  const { findingKinds } = texts.value.model.editor;
  const { severity, path } = finding;
  return (
    <li class={`finding finding-${severity}`}>
      <button type="button" class="link" onClick={() => onGoTo(finding)}>
        <span aria-hidden="true">{severity === 'error' ? '✕' : '⚠'}</span> {findingKinds[severity]}
        {path !== '' && (
          <>
            {': '}
            <code>{path}</code>
          </>
        )}
      </button>{' '}
      <Worded text={describeFinding(finding)} />
    </li>
  );
};

/** Lists the findings about the draft. Each leads to its place in the text. */
export const Findings = ({ judgement, onGoTo }: FindingsProps) => {
  const t = texts.value.model.editor;
  if (judgement === undefined) return <p class="muted">{t.checking}</p>;
  const { findings } = judgement;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <section aria-label={t.findings}>
      <p role="status" class={errors > 0 ? 'findings-bad' : 'findings-good'}>
        <span aria-hidden="true">{errors > 0 ? '✕' : '✓'}</span>{' '}
        {findings.length === 0 ? t.noFindings : t.found(errors, findings.length - errors)}
      </p>
      {findings.length > 0 && (
        <ul class="plain findings">
          {findings.map((finding) => (
            <Row key={JSON.stringify(finding)} finding={finding} onGoTo={onGoTo} />
          ))}
        </ul>
      )}
    </section>
  );
};
