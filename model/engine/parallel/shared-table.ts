import type {Layout} from '../layout.js';
import {CompactTable} from '../tables/compact.js';
import {PlainTable} from '../tables/plain.js';
import type {Table} from '../tables/table.js';
import {logFor, tableFor, type Visited} from '../visited.js';

/** What is sent of a table that lies in shared memory. */
export type SharedTable = {
  readonly layout: Layout;
  readonly log: number;
  readonly buffer: SharedArrayBuffer;
  readonly isCompact: boolean;
};

export const shareOf = (table: Table): SharedTable => ({
  layout: table.layout,
  log: table.log,
  buffer: table.data.buffer as SharedArrayBuffer,
  isCompact: table instanceof CompactTable,
});

export const tableOf = ({layout, log, buffer, isCompact}: SharedTable): Table =>
  isCompact ? new CompactTable(layout, log, buffer) : new PlainTable(layout, log, buffer);

/** The same states in memory that threads share, with room for some more. */
export const sharedCopy = (visited: Visited): Table => {
  for (let log = logFor(4 * visited.count); ; log++) {
    const table = tableFor(visited.layout, log, true);
    if (visited.pour(table)) return table;
  }
};
