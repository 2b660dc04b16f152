import type {Expander} from './expand.js';
import type {Store} from './store.js';

/** An expander that keeps what it finds. */
export type Searcher = Expander<Store>;
