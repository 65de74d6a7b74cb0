import { stages } from '../../../../events/index.ts';
import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Authored } from '../../../parts/authored.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { texts } from '../../../texts/texts.ts';
import { formatShare } from '../format.ts';
import { Section } from './section.tsx';
import { computeShares } from './shares.ts';

/** Shows how much each dimension counts at each stage. */
export const Weights = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.words;
  return (
    <Section title={t.weights} hint={t.weightsHint}>
      <Scroll label={t.weights}>
        <table class="weights">
          <thead>
            <tr>
              <th scope="col">{t.stage}</th>
              {Object.entries(document.dimensions).map(([id, { title }]) => (
                <th key={id} scope="col">
                  <Authored>{title}</Authored>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stages.map((stage) => (
              <tr key={stage}>
                <th scope="row">{texts.value.words.stages[stage]}</th>
                {computeShares(document, stage).map(({ id, share }, i) => (
                  <td key={id}>
                    {share === 0 ? (
                      <span class="muted">–</span>
                    ) : (
                      <span class="weight">
                        <span class="weight-number">{formatShare(share)}</span>
                        <span class="weight-track" aria-hidden="true">
                          <span
                            class={`weight-fill dimension-${(i % 5) + 1}`}
                            style={{ width: `${100 * share}%` }}
                          />
                        </span>
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
};
