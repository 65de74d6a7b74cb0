import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Authored, Worded } from '../../../parts/authored.tsx';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { formatNumber } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import { capitalise } from '../format.ts';
import { type CriterionWords, describeCriterion } from './criterion-words.ts';
import { Section } from './section.tsx';

const pointsClass = (points: string): string =>
  `points ${/^[-−]/.test(points) ? 'points-against' : 'points-for'}`;

const Criterion = ({ criterion }: { readonly criterion: CriterionWords }) => {
  const { text, rule, decay, rows } = criterion;
  const [only, second] = rows;
  const isSingle = only !== undefined && second === undefined && only.text === '';
  return (
    <li class="criterion">
      <div>
        <p>
          <Worded text={capitalise(texts.value.model.conditions.lead(markAuthored(text)))} />
        </p>
        {(rule !== undefined || decay !== undefined) && (
          <p class="muted">
            <Worded text={[rule, decay].filter((part) => part !== undefined).join(' · ')} />
          </p>
        )}
      </div>
      {isSingle ? (
        <span class={pointsClass(only.points)}>{only.points}</span>
      ) : (
        <dl class="points-rows">
          {rows.map((row) => (
            <div key={row.text}>
              <dt>
                <Worded text={row.text} />
              </dt>
              <dd class={pointsClass(row.points)}>{row.points}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
};

/** Shows the dimensions with their criteria as sentences with points. */
export const Dimensions = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.words;
  return (
    <Section title={t.dimensions} hint={t.dimensionsHint}>
      {Object.entries(document.dimensions).map(([id, { title, base, criteria }], i) => (
        <details key={id} class="dimension" open={i === 0}>
          <summary>
            <span class={`dot dimension-${(i % 5) + 1}`} aria-hidden="true" />
            <strong>
              <Authored>{title}</Authored>
            </strong>{' '}
            <span class="muted">
              {t.criteria(criteria.length)}
              {base > 0 && ` · ${t.base(formatNumber(base))}`}
            </span>
          </summary>
          <ul class="plain criteria">
            {criteria.map((criterion) => (
              <Criterion key={criterion.id} criterion={describeCriterion(criterion, document)} />
            ))}
          </ul>
        </details>
      ))}
    </Section>
  );
};
