// The primary's fallbacks of all its VMs: side by side, or, without `parallel-fallbacks`, one after the other.

import type {Config} from '../cluster/config.js';
import type {VmId} from '../cluster/ids.js';
import {flatMapAll} from '../kernel/nonempty.js';
import {type Outcome, type Outcomes, within} from '../kernel/outcome.js';
import type {FallbackEffect} from './events.js';
import type {Fallback, In} from './fallback.js';
import {startRound} from './round.js';
import type {Coordination, Primary} from './transition.js';

/** Sorted by VM: those the platform has asked about. */
export type Fallbacks = readonly Fallback[];

/** Which host acts, and as the primary of which term. */
export type Acting = Pick<Primary, 'config' | 'term'>;

/** Lets the coordinator act on a VM; where its turn is over, another that was held up has its turn. */
export const coordinate = (
  acting: Acting,
  fallbacks: Fallbacks,
  vm: VmId,
  act: (primary: Primary) => Coordination,
): Outcomes<Fallbacks, FallbackEffect> => {
  const occupied = isSerial(acting.config) && fallbacks.some(other => other.vm !== vm && hasTurn(other));
  const acted = within(act({...acting, occupied}), fallback => placed(fallbacks, fallback));
  return flatMapAll(acted, outcome =>
    isSerial(acting.config) && outcome.state !== fallbacks ? passTurn(acting, outcome) : [outcome],
  );
};

/** Any VM that was held up may be the next, each an outcome (FB-32). */
const passTurn = (acting: Acting, outcome: Outcome<Fallbacks, FallbackEffect>): Outcomes<Fallbacks, FallbackEffect> => {
  const {state: fallbacks, effects, rules} = outcome;
  const [first, ...others] = fallbacks.filter((fallback): fallback is In<'queued'> => fallback.phase === 'queued');
  if (first === undefined || fallbacks.some(hasTurn)) return [outcome];
  const released = (queued: In<'queued'>): Outcome<Fallbacks, FallbackEffect> => {
    const started = startRound({...acting, occupied: false}, queued, 'released', queued, ['FB-32']);
    return {
      state: placed(fallbacks, started.state),
      effects: [...effects, ...started.effects],
      rules: [...rules, ...started.rules],
    };
  };
  return [released(first), ...others.map(released)];
};

const isSerial = ({repairs}: Config): boolean => !repairs['parallel-fallbacks'];

const hasTurn = ({phase}: Fallback): boolean => phase === 'setting' || phase === 'querying' || phase === 'commanding';

/** Where nothing has changed, the list is the very same. */
const placed = (fallbacks: Fallbacks, fallback: Fallback): Fallbacks =>
  fallbacks.includes(fallback)
    ? fallbacks
    : [...fallbacks.filter(({vm}) => vm !== fallback.vm), fallback].sort((a, b) => (a.vm < b.vm ? -1 : 1));
