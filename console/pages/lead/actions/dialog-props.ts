import type { LeadAnswer } from '../types.ts';
import type { LeadAction } from './use-lead-action.ts';

/** The properties of every dialog about a lead. */
export interface DialogProps {
  readonly lead: LeadAnswer;
  readonly action: LeadAction;
  readonly onClose: () => void;
}
