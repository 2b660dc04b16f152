// Fill in your HA module here: each event of spec/messages.md is answered with the list of effects.
//
//     holdfast conform doctor -- node --import=tsx template.ts
//     holdfast conform test -- node --import=tsx template.ts
//
// As it stands it answers questions about accessibility, and nothing else.

import {type Json, serve} from './holdfast-adapter.js';

// The repairs of spec/profiles.md that your module keeps: it is judged by these. Leave the list out for all of them.
const REPAIRS = [
  'completion-report',
  'generations',
  'level-triggered',
  'namespace-query',
  'parallel-fallbacks',
  'request-ids',
  'terms',
];

/** Starts anew: a secondary that has seen no term. Keep nothing outside of this function. */
const start = (config: Json) => {
  const self = config['self'];
  process.stderr.write(`starting as ${String(self)}\n`); // standard output is for answers only

  /** Answer once nothing more happens by itself. No clock, no threads, no chance: timers are effects. */
  return (event: Json): readonly Json[] => {
    switch (event['type']) {
      case 'Received': // TM-01: a higher term comes first
        return onMessage(event['from'], event['message'] as Json, event['accessible'] as Json);
      case 'Request': // FB-01 to FB-04
      case 'StorageReplied': // FB-05 to FB-09, FB-18
      case 'AccessibilityChanged': // WT-05, WT-06
      case 'TimerFired': // TO-01 to TO-04, WT-07
      case 'Elected': // TM-05, TM-06
      case 'Crashed': // TM-09
      case 'Restarted': // TM-10
        return [];
      default:
        return [];
    }
  };
};

/** `accessible` is what your own storage module says at this moment about the VM of the message. */
const onMessage = (from: unknown, message: Json, accessible: Json): readonly Json[] => {
  if (message['type'] !== 'AccessQuery') return [];
  const {term, vm, generation, round, scope} = message; // FB-13
  const answer = {type: 'AccessAnswer', accessible: accessible[String(scope)], reachable: []};
  return [{type: 'Send', to: from, message: {...answer, term, vm, generation, round}}];
};

await serve('my HA module', {ha: start}, REPAIRS);
