export { buildCell, type Cell, cells, partsOf } from './cell.ts';
export { addToCounters, movesAttribute, type Stock } from './count-writes.ts';
export { countedAttributes, parseCounted } from './counted-items.ts';
export {
  countLeads,
  type FunnelCounterProps,
  mostLeadsCounted,
  writeCounts,
} from './counter.ts';
export { drawPartition } from './draw-partition.ts';
export { readFunnelCell } from './funnel-cell.ts';
export { readStock, type StockCounters } from './read-counters.ts';
export {
  type Counted,
  type FunnelStanding,
  type LeadCount,
  listMoves,
  listUncounted,
  readStanding,
} from './standing.ts';
export { completeDays, countDays, type FunnelMove, type FunnelView, readFunnel } from './view.ts';
