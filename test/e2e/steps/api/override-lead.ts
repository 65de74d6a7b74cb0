import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { type Door, leadOf, skipAt } from './door.ts';

const dayMs = 86_400_000;

/** Sets the tier of a lead for a day, and lifts that. */
export const overrideLead = (door: Door): Step => ({
  name: `${door.name} override the model for a lead, and lift that`,
  ...skipAt(door),
  run: async (session) => {
    const { api, target } = session;
    const path = { id: leadOf(session, door, 'buyer') };
    const override = {
      tier: 'risky',
      hold: true,
      until: new Date(Date.now() + dayMs).toISOString(),
      reason: 'a run from end to end',
      ...door.actor,
    };
    const untilOverridden = (wanted: boolean) =>
      until(`the lead, ${wanted ? '' : 'not '}overridden`, target.pace, async () => {
        const { body } = await api.expect('200', door.viewer, 'getLead', { path });
        const found = body.overridden !== undefined;
        return found === wanted ? { found: body } : { instead: JSON.stringify(body.overridden) };
      });
    await api.expect('202', door.seller, 'overrideLead', { path, body: override });
    const { tier, overridden } = await untilOverridden(true);
    await api.expect('202', door.seller, 'liftOverride', { path });
    await untilOverridden(false);
    return { saw: `${tier} instead of ${overridden.tier}, until it was lifted` };
  },
});
