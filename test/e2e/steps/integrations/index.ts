import type { Step } from '../../step.ts';
import { forget } from './forget.ts';
import { deliveries, pairs, webhooks } from './webhooks.ts';

export { setAllSecrets } from './webhooks.ts';

/** Lists the steps with webhooks and deliveries, which run at targets whose documents the run chooses. */
export const integrationSteps: readonly Step[] = [webhooks, deliveries, pairs, forget];
