import type { ModelChange } from '../model-change.ts';
import { ActivationDialog } from './activation-dialog.tsx';
import { ShadowDialog } from './shadow-dialog.tsx';

interface ModelDialogProps {
  readonly change: ModelChange;
  readonly active: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks for what a change of the models in use needs. */
export const ModelDialog = ({ change: { kind, version }, active, ...events }: ModelDialogProps) => {
  switch (kind) {
    case 'activate':
    case 'roll-back':
      return (
        <ActivationDialog isRollBack={kind === 'roll-back'} version={version} active={active} {...events} />
      );
    case 'shadow':
    case 'end-shadow':
      return <ShadowDialog isOn={kind === 'end-shadow'} version={version} {...events} />;
    default:
      return kind satisfies never;
  }
};
