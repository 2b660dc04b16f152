/** How an election goes for a host: it has heard nobody; only hosts that it outranks; or one that outranks it. */
export type Race = 'alone' | 'leading' | 'beaten';
