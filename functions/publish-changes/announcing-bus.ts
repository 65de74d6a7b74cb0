import { type Bus, type BusProps, createBus } from '../../shared/bus/index.ts';
import { errorFields, logger } from '../../shared/lambda/index.ts';

/**
 * Creates the bus for announcements. If a request fails as a whole, its announcements count as refused, and no others.
 */
export const createAnnouncingBus = (props: Omit<BusProps, 'onFailedRequest'>): Bus =>
  createBus({
    ...props,
    onFailedRequest: (error) => logger.warn('a request to the bus failed', errorFields(error)),
  });
