/** Each is one departure from the claims' plainest reading, with a switch of its own. `spec/profiles.md` says why. */
export const REPAIRS = [
  'ask-everyone',
  'cache-notices',
  'completion-report',
  'configuration-numbers',
  'directory-owner',
  'every-responder',
  'generations',
  'ghost-kill',
  'intent-generation',
  'level-triggered',
  'lock-registration',
  'namespace-query',
  'object-identity',
  'parallel-fallbacks',
  'periodic-retrieval',
  'quorum-recalculation',
  'request-ids',
  'resend',
  'shared-attempts',
  'storage-loss-trigger',
  'terms',
  'timeouts',
  'write-fencing',
] as const;

/** One of `REPAIRS`. */
export type Repair = (typeof REPAIRS)[number];

/** Which repairs are on. */
export type Repairs = {readonly [R in Repair]: boolean};

/** The switches, with the named ones on. */
export const repairsOf = (on: readonly Repair[]): Repairs => ({
  'ask-everyone': on.includes('ask-everyone'),
  'cache-notices': on.includes('cache-notices'),
  'completion-report': on.includes('completion-report'),
  'configuration-numbers': on.includes('configuration-numbers'),
  'directory-owner': on.includes('directory-owner'),
  'every-responder': on.includes('every-responder'),
  generations: on.includes('generations'),
  'ghost-kill': on.includes('ghost-kill'),
  'intent-generation': on.includes('intent-generation'),
  'level-triggered': on.includes('level-triggered'),
  'lock-registration': on.includes('lock-registration'),
  'namespace-query': on.includes('namespace-query'),
  'object-identity': on.includes('object-identity'),
  'parallel-fallbacks': on.includes('parallel-fallbacks'),
  'periodic-retrieval': on.includes('periodic-retrieval'),
  'quorum-recalculation': on.includes('quorum-recalculation'),
  'request-ids': on.includes('request-ids'),
  resend: on.includes('resend'),
  'shared-attempts': on.includes('shared-attempts'),
  'storage-loss-trigger': on.includes('storage-loss-trigger'),
  terms: on.includes('terms'),
  timeouts: on.includes('timeouts'),
  'write-fencing': on.includes('write-fencing'),
});
