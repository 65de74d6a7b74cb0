import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Worded } from '../../../parts/authored.tsx';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { texts } from '../../../texts/texts.ts';
import { capitalise } from '../format.ts';
import { describeCondition } from './condition-words.ts';
import { Section } from './section.tsx';

/** Shows which leads are ruled out, whatever their score. */
export const RuledOut = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.words;
  const { disqualifiers } = document;
  return (
    <Section title={t.ruledOut} hint={t.ruledOutHint}>
      {disqualifiers.length === 0 && <p>{t.nobodyRuledOut}</p>}
      <ul class="plain rules">
        {disqualifiers.map(({ id, class: missing, text, when, unless, track }) => (
          <li key={id}>
            <p>
              <strong>
                <Worded text={capitalise(texts.value.model.conditions.lead(markAuthored(text)))} />
              </strong>{' '}
              <span class="muted">· {t.missing[missing]}</span>
            </p>
            <p class="muted">
              <Worded text={t.exactly(describeCondition(when, document))} />
              {unless !== undefined && <Worded text={` ${t.unless(describeCondition(unless, document))}`} />}
              {track !== undefined && ` ${t.track(track)}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
};
