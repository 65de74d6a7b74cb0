import {
  type ContractOf,
  type DataOf,
  type DeliverableType,
  isDeliverable,
  type OutboundType,
} from '../../../events/index.ts';
import type { ReadyDelivery } from '../target.ts';

/** The data of an announcement about a lead. A subscription may leave any field out. */
export type NewsData<Type extends DeliverableType> = Readonly<Partial<DataOf<ContractOf<Type>>>>;

/** An announcement about a lead, as its subscription wants it. */
export type LeadNews = {
  readonly [Type in DeliverableType]: { readonly type: Type; readonly data: NewsData<Type> };
}[DeliverableType];

/** Returns whether announcements of a type are about a lead. Nobody in sales acts on the others. */
export const isAboutLead = (type: OutboundType): type is DeliverableType => isDeliverable(type);

/** Returns the news of a lead in a delivery; undefined if the announcement is about no lead. */
export const findLeadNews = ({ type, data }: Pick<ReadyDelivery, 'type' | 'data'>): LeadNews | undefined =>
  // The bus has checked the data by the contract of the type. The subscription has only taken fields away.
  isAboutLead(type) ? ({ type, data } as LeadNews) : undefined;
