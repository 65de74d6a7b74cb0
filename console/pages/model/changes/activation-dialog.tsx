import { useSignal } from '@preact/signals';
import type { ActivationActions } from '../../../../events/index.ts';
import { call } from '../../../api/call.ts';
import { texts } from '../../../texts/texts.ts';
import { WouldMove } from '../judging/would-move.tsx';
import { ChangeDialog } from './change-dialog.tsx';

interface ActivationDialogProps {
  /** Whether the model was active before, so that it is a roll back. */
  readonly isRollBack: boolean;
  readonly version: string;
  /** The version that is active, as the reader sees it. */
  readonly active: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const choices = ['all', 'none'] as const satisfies readonly ActivationActions[];

/** Asks whether a published model should become the active one, and says how many leads would move. */
export const ActivationDialog = ({ isRollBack, version, active, onDone, onClose }: ActivationDialogProps) => {
  const t = texts.value.model.changes;
  const actions = useSignal<ActivationActions>('all');
  const change = (reason: string): Promise<unknown> => {
    const body = { reason, actions: actions.value, expect: active };
    return isRollBack ? call('rollBackModel', { body }) : call('activateModel', { path: { version }, body });
  };
  return (
    <ChangeDialog
      title={isRollBack ? t.rollBackTo(version) : t.activateVersion(version)}
      submit={isRollBack ? t.rollBack : t.activate}
      done={t.activated(version)}
      change={change}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t.activationMeans(version, active)}</p>
      <WouldMove before={active} after={version} />
      <fieldset>
        <legend>{t.actions}</legend>
        {choices.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="actions"
              checked={actions.value === choice}
              onChange={() => {
                actions.value = choice;
              }}
            />
            {t.actionChoices[choice]}
          </label>
        ))}
      </fieldset>
    </ChangeDialog>
  );
};
