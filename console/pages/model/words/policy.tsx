import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Worded } from '../../../parts/authored.tsx';
import { ColumnHeads } from '../../../parts/column-heads.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { texts } from '../../../texts/texts.ts';
import { formatList } from '../format.ts';
import { describeCondition } from './condition-words.ts';
import { describeAction, describeRest } from './policy-words.ts';
import { Section } from './section.tsx';

type Rule = ModelDocument['policy']['rules'][number];

const RuleRow = ({ rule, document }: { readonly rule: Rule; readonly document: ModelDocument }) => {
  const t = texts.value.model.policy;
  const { stages, tiers, when, action } = rule;
  return (
    <tr>
      <td>
        {stages === undefined
          ? t.anyStage
          : formatList(
              stages.map((stage) => texts.value.words.stages[stage]),
              'disjunction',
            )}
      </td>
      <td>
        {tiers === undefined ? (
          t.anyTier
        ) : (
          <span class="row">
            {tiers.map((tier) => (
              <TierBadge key={tier} tier={tier} />
            ))}
          </span>
        )}
      </td>
      <td>
        {when === undefined ? (
          <span class="muted">–</span>
        ) : (
          <Worded text={describeCondition(when, document)} />
        )}
      </td>
      <td>
        <strong>{describeAction(action)}</strong>
      </td>
    </tr>
  );
};

/** Shows who gets what, and within which time. */
export const Policy = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.policy;
  const { rules } = document.policy;
  return (
    <Section title={t.title} hint={t.hint}>
      <Scroll label={t.title}>
        <table>
          <ColumnHeads texts={[t.stage, t.tier, t.when, t.outcome]} />
          <tbody>
            {rules.map((rule) => (
              <RuleRow key={JSON.stringify(rule)} rule={rule} document={document} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <ul class="policy-rest">
        {describeRest(document.policy).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
};
