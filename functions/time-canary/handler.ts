import { lambdaHandler } from '../../shared/lambda/index.ts';
import { timeCanary } from './time-canary.ts';

export const handler = lambdaHandler(timeCanary({ now: Date.now }));
