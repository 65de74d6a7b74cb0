import type { BusEvent } from '../../events/index.ts';
import { parseInbound } from '../../events/index.ts';
import { advanceTo, decide, type JudgedEvent, type LeadState, toLeadEvent } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { formatStanding } from '../close/format-preview.ts';
import { actionWords, overrideWords } from '../explain/standing-words.ts';

const standingLines = (title: string, state: LeadState): string[] => [
  `${title}: ${formatStanding(state)}; next action: ${actionWords(state.action)}.`,
  ...overrideWords(state).map((words) => `  ${words}`),
];

/** Returns how a lead stands before an override and how it will stand after it, as lines for people. */
export const previewOverride = (
  model: ScoringModel,
  stored: LeadState,
  event: BusEvent,
  now: number,
): string[] => {
  const { state: before } = advanceTo(model, stored, now);
  const parsed = parseInbound(event, now);
  if (!parsed.ok) return standingLines('Before', before);
  const { state: after } = decide(model, before, toLeadEvent(parsed.event) as JudgedEvent);
  return [...standingLines('Before', before), ...standingLines('After', after)];
};
