export { buildContentPolicy, pageHeaders } from './page-headers.ts';
