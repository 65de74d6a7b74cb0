import { Dialog } from '../../parts/dialog.tsx';
import { texts } from '../../texts/texts.ts';
import { areKeysOn, setKeysOn } from './keys.ts';

const listKeys = (): readonly (readonly [string, string])[] => {
  const t = texts.value.today;
  return [
    ['j', t.keyNext],
    ['k', t.keyPrevious],
    ['a', t.keyAccept],
    ['r', t.keyReject],
    ['o', t.keyOpen],
    ['u', t.keyUndo],
    ['?', t.keyHelp],
  ];
};

/** Shows the keys of the page Today, which can be turned off. */
export const KeysHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const t = texts.value.today;
  return (
    <Dialog title={t.keysTitle} onClose={onClose}>
      <p>{t.keysHint}</p>
      <dl class="keys">
        {listKeys().map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={areKeysOn.value}
          onChange={({ currentTarget }) => setKeysOn(currentTarget.checked)}
        />
        {t.keysOn}
      </label>
    </Dialog>
  );
};
