import { useSignal } from '@preact/signals';
import { type Stage, stages } from '../../../../events/index.ts';
import { call } from '../../../api/call.ts';
import { texts } from '../../../texts/texts.ts';
import { ActionForm } from './action-form.tsx';
import type { DialogProps } from './dialog-props.ts';
import { ReasonInput } from './reason-input.tsx';

/** States the stage of a lead. */
export const StageDialog = ({ lead, action, onClose }: DialogProps) => {
  const { lead: t, words } = texts.value;
  const stage = useSignal<Stage>(lead.stage);
  const reason = useSignal('');
  const submit = () =>
    call('stateStage', {
      path: { id: lead.leadId },
      version: lead.version,
      body: { stage: stage.value, ...(reason.value !== '' && { reason: reason.value }) },
    });
  return (
    <ActionForm
      title={t.actions.stage}
      submit={t.actions.stageSubmit}
      action={action}
      onSubmit={submit}
      onClose={onClose}
    >
      <label>
        {t.whatIf.stage}
        <select
          value={stage.value}
          onChange={({ currentTarget }) => {
            stage.value = currentTarget.value as Stage;
          }}
        >
          {stages.map((one) => (
            <option key={one} value={one}>
              {words.stages[one]}
            </option>
          ))}
        </select>
      </label>
      <ReasonInput label={t.actions.reasonIfAny} reason={reason} />
    </ActionForm>
  );
};
