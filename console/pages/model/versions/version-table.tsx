import { hrefOf } from '../../../app/route.ts';
import { Authored } from '../../../parts/authored.tsx';
import { Instant } from '../../../parts/instant.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { texts } from '../../../texts/texts.ts';
import type { ListedModel, ModelChange } from '../model-change.ts';
import { Marks } from './marks.tsx';

interface VersionTableProps {
  readonly models: readonly ListedModel[];
  readonly isAdmin: boolean;
  readonly onChange: (change: ModelChange) => void;
}

interface ButtonsProps extends Pick<VersionTableProps, 'onChange'> {
  readonly model: ListedModel;
}

const Buttons = ({ model: { modelVersion, active, shadow }, onChange }: ButtonsProps) => {
  const t = texts.value.model.changes;
  if (active) return null;
  return (
    <span class="row changes">
      <button
        type="button"
        class="secondary"
        aria-label={t.activateVersion(modelVersion)}
        onClick={() => onChange({ kind: 'activate', version: modelVersion })}
      >
        {t.activateDots}
      </button>
      <button
        type="button"
        class="secondary"
        aria-label={shadow ? t.endShadowOf(modelVersion) : t.shadowVersion(modelVersion)}
        onClick={() => onChange({ kind: shadow ? 'end-shadow' : 'shadow', version: modelVersion })}
      >
        {shadow ? t.endShadow : t.shadowDots}
      </button>
    </span>
  );
};

/** Lists the published models, and what is done with them. */
export const VersionTable = ({ models, isAdmin, onChange }: VersionTableProps) => {
  const t = texts.value.model.versions;
  return (
    <Scroll label={t.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.version}</th>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.firstUsed}</th>
            {isAdmin && <th scope="col">{t.changes}</th>}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.modelVersion}>
              <th scope="row">
                <a href={hrefOf('model', { version: model.modelVersion })}>{model.modelVersion}</a>{' '}
                <Marks model={model} />
              </th>
              <td>
                <Authored>{model.title}</Authored>
              </td>
              <td>
                {model.storedAt === undefined ? (
                  <span class="muted">{t.notYet}</span>
                ) : (
                  <Instant at={model.storedAt} day />
                )}
              </td>
              {isAdmin && (
                <td>
                  <Buttons model={model} onChange={onChange} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
