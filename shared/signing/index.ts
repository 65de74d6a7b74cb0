export { keyBytes, parseSigningKey } from './signing-key.ts';
