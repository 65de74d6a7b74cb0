import { useSignal } from '@preact/signals';
import { call } from '../../../api/call.ts';
import { texts } from '../../../texts/texts.ts';
import { ChangeDialog } from '../changes/change-dialog.tsx';

interface PublishDialogProps {
  /** The document without its version. */
  readonly document: { readonly id?: unknown };
  /** The version that is suggested. */
  readonly version: string;
  /** Called with the version under which it was published. */
  readonly onPublished: (version: string) => void;
  readonly onClose: () => void;
}

/** Asks for the version and the reason of a model, and publishes it. */
export const PublishDialog = ({ document, version, onPublished, onClose }: PublishDialogProps) => {
  const t = texts.value.model.changes;
  const chosen = useSignal(version);
  const publish = async (reason: string): Promise<void> => {
    await call('publishModel', { body: { document: { ...document, version: chosen.value }, reason } });
  };
  return (
    <ChangeDialog
      title={t.publishTitle}
      submit={t.publish}
      done={t.published(`${String(document.id)}@${chosen.value}`)}
      change={async (reason) => {
        await publish(reason);
        onPublished(chosen.value);
      }}
      onClose={onClose}
    >
      <p>{t.publishMeans}</p>
      <label>
        {t.newVersion}
        <input
          type="text"
          required
          pattern="[A-Za-z0-9._\-]{1,32}"
          value={chosen.value}
          onInput={({ currentTarget }) => {
            chosen.value = currentTarget.value;
          }}
          aria-describedby="version-hint"
        />
        <small id="version-hint">{t.newVersionHint}</small>
      </label>
    </ChangeDialog>
  );
};
