/** Each is one departure from the claims' plainest reading, with a switch of its own. `spec/profiles.md` says why. */
export const REPAIRS = [
  'completion-report',
  'every-responder',
  'generations',
  'level-triggered',
  'namespace-query',
  'object-identity',
  'request-ids',
  'resend',
  'terms',
  'timeouts',
] as const;

export type Repair = (typeof REPAIRS)[number];

export type Repairs = {readonly [R in Repair]: boolean};

/** The switches, with the named ones on. */
export const repairsOf = (on: readonly Repair[]): Repairs => ({
  'completion-report': on.includes('completion-report'),
  'every-responder': on.includes('every-responder'),
  generations: on.includes('generations'),
  'level-triggered': on.includes('level-triggered'),
  'namespace-query': on.includes('namespace-query'),
  'object-identity': on.includes('object-identity'),
  'request-ids': on.includes('request-ids'),
  resend: on.includes('resend'),
  terms: on.includes('terms'),
  timeouts: on.includes('timeouts'),
});
