import type {Expander} from '../expand.js';
import type {Searcher} from '../searcher.js';
import type {Table} from '../tables/table.js';
import {type Equipment, Member} from './member.js';
import type {Order, Report} from './messages.js';
import type {Partner} from './partner.js';
import {SharedStore} from './shared-store.js';

/** Milliseconds between two looks at what else there is to do: signals, progress, reports of the threads. */
const BREATHE_MS = 40;

type Searching = Omit<Equipment, 'expander' | 'breathe'> & {readonly expander: Searcher; readonly table: Table};

/** The search that was alone so far, as one of those who search together: it keeps what it has learnt. */
export const leaderOf = ({expander, table, ...equipment}: Searching): Partner => {
  const shared = new SharedStore(expander.successors, table, equipment.control);
  let breathed = performance.now();
  const member = new Member({
    ...equipment,
    expander: into(expander, shared),
    breathe: () => {
      if (performance.now() - breathed < BREATHE_MS) return null;
      return new Promise(resolve =>
        setImmediate(() => {
          breathed = performance.now();
          resolve();
        }),
      );
    },
  });
  return {
    ask: async <T extends Report['type']>(order: Order, _type: T) =>
      (await member.obey(order)) as Extract<Report, {type: T}>,
  };
};

/** An expander goes on with another store: what it has learnt of the model stays. */
const into = (expander: Expander, store: SharedStore): Expander<SharedStore> => {
  expander.store = store;
  if (!isShared(expander)) throw new TypeError('the expander kept its store');
  return expander;
};

const isShared = (expander: Expander): expander is Expander<SharedStore> => expander.store instanceof SharedStore;
