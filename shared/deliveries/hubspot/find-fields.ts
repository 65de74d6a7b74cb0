import type { ScoreReason, Stage, Tier } from '../../../events/index.ts';
import { describeReason } from '../news/describe-reason.ts';
import type { LeadNews } from '../news/lead-news.ts';
import { type HubspotField, hubspotFields } from '../target-options.ts';

/** The values of fields, as HubSpot takes all values: as texts. */
export type FieldValues = Readonly<Partial<Record<HubspotField, string>>>;

/** HubSpot empties a property for which it gets an empty text. */
const emptied: FieldValues = Object.fromEntries(hubspotFields.map((field) => [field, '']));

interface Standing {
  readonly score?: number | undefined;
  readonly tier?: Tier | undefined;
  readonly stage?: Stage | undefined;
  readonly reasons?: readonly Pick<ScoreReason, 'text' | 'weight'>[] | undefined;
}

const writeStanding = ({ score, tier, stage, reasons }: Standing): FieldValues => ({
  ...(score === undefined ? {} : { score: `${score}` }),
  ...(tier === undefined ? {} : { tier }),
  ...(stage === undefined ? {} : { stage }),
  ...(reasons === undefined ? {} : { reasons: reasons.map(describeReason).join('\n') }),
});

const findValues = (news: LeadNews): FieldValues => {
  switch (news.type) {
    case 'LeadTierChanged':
    case 'LeadScored':
    case 'LeadStageTransitioned':
    case 'LeadRequalified':
    case 'HandoffDeadlineMoved':
      return writeStanding(news.data);
    case 'LeadDisqualified': {
      const { because } = news.data;
      const reasons = because && [{ text: because.text, weight: -1 }];
      return writeStanding({ ...news.data, reasons });
    }
    case 'LeadErased':
      return emptied;
    // It may be sent long after newer announcements of the lead itself, and would write over what those say.
    case 'HandoffRequested':
    case 'HandoffExpired':
      return {};
    // HubSpot may have merged the records too. The survivor's would be emptied then.
    case 'LeadRedirected':
    case 'NurtureStarted':
    case 'NurtureStopped':
      return {};
    default:
      return news satisfies never;
  }
};

/** Finds what an announcement says of the fields, with the instant as of which it does; nothing if it says nothing. */
export const findFields = (news: LeadNews, occurredAt: string): FieldValues | undefined => {
  const values = findValues(news);
  if (Object.keys(values).length === 0) return undefined;
  return { scoredAt: occurredAt, ...values };
};
