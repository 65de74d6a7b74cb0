import { useSignal } from '@preact/signals';
import { call } from '../../../api/call.ts';
import { texts } from '../../../texts/texts.ts';
import { ActionForm } from './action-form.tsx';
import type { DialogProps } from './dialog-props.ts';
import { TypedId } from './typed-id.tsx';

/** Erases a lead for good, once its id was typed. */
export const EraseDialog = ({ lead, action, onClose }: DialogProps) => {
  const t = texts.value.lead.erase;
  const typed = useSignal('');
  return (
    <ActionForm
      title={t.title}
      submit={t.submit}
      action={action}
      isDangerous
      isReady={typed.value === lead.leadId}
      onSubmit={() => call('eraseLead', { path: { id: lead.leadId }, version: lead.version })}
      onClose={onClose}
    >
      <p>
        <strong>{t.irreversible}</strong>
      </p>
      <TypedId label={t.typeId} leadId={lead.leadId} typed={typed} />
    </ActionForm>
  );
};
