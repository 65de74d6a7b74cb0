import type { ModelDocument } from '../../../../shared/scoring/index.ts';
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
              <strong>{capitalise(texts.value.model.conditions.lead(text))}</strong>{' '}
              <span class="muted">· {t.missing[missing]}</span>
            </p>
            <p class="muted">
              {t.exactly(describeCondition(when, document))}
              {unless !== undefined && ` ${t.unless(describeCondition(unless, document))}`}
              {track !== undefined && ` ${t.track(track)}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
};
