import { call } from '../../../api/call.ts';
import { texts } from '../../../texts/texts.ts';
import { ChangeDialog } from './change-dialog.tsx';

interface ShadowDialogProps {
  readonly version: string;
  /** Whether leads are scored by it already, so that this ends it. */
  readonly isOn: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks whether leads should be scored by a second model as well, or no longer. */
export const ShadowDialog = ({ version, isOn, onDone, onClose }: ShadowDialogProps) => {
  const t = texts.value.model.changes;
  return (
    <ChangeDialog
      title={isOn ? t.endShadowOf(version) : t.shadowVersion(version)}
      submit={isOn ? t.endShadow : t.shadow}
      done={isOn ? t.shadowEnded : t.shadowed(version)}
      change={(reason) =>
        isOn
          ? call('endShadow', { query: { reason } })
          : call('shadowModel', { path: { version }, body: { reason } })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <p>{isOn ? t.endShadowMeans : t.shadowMeans}</p>
    </ChangeDialog>
  );
};
