export { countMessages, type MessageCount } from './count-messages.ts';
