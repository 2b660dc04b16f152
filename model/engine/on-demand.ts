// What programs may ask for besides a search. It is read when it is asked for: every model's file reads the index, and
// to start takes longer than to explore a small model.

import type * as audits from './audit/audit.js';
import type * as graphs from './graph/state-graph.js';
import type * as simulations from './simulate/simulate.js';

/**
 * Proves the reductions of a model, at a size where the search completes without them: compares all states that it
 * finds with and without each reduction, as sets of values, and what fails in them. Normalisers: the normal forms of
 * all reachable states are the states of the reduced search, each normaliser is idempotent, the same properties fail.
 * Symmetry: renaming leads from reachable states to reachable states in which the same fails, and the reduced search
 * finds one state of each orbit. The normalisers are audited without symmetry, symmetry with the normalisers.
 * Partial-order reduction, where the model may be searched with it: whatever fails is found when it is asked for
 * alone, nothing else fails, all states are reachable ones, and the same actions and rules fire.
 *
 * Explores past violations. Throws a RangeError for a bad option and a ModelError for a model that is broken without
 * its reductions.
 */
export const audit: typeof audits.audit = async (...given) => (await import('./audit/audit.js')).audit(...given);

/**
 * Walks through a model at random until something is wrong, or its limits end it: finds no more than luck does, and
 * never says `holds`. Each step takes one outcome of all that all enabled actions offer, each as likely as any other;
 * an outcome that changes nothing, or leads to a state that a constraint excludes, is counted, and another one is
 * drawn. A walk ends after `steps` steps, or where no outcome is left. Walk number n depends on the model, the seed
 * and n only.
 *
 * Temporal properties are not evaluated. Throws a RangeError for bad options or limits and a ModelError for a broken
 * model.
 */
export const simulate: typeof simulations.simulate = async (...given) =>
  (await import('./simulate/simulate.js')).simulate(...given);

/**
 * The states of a model and the steps between them, whatever the model claims of them. A search that is cut short
 * gives a graph of what was found until then, and says so. Throws a RangeError for a bad option and a ModelError for
 * a broken model.
 */
export const stateGraph: typeof graphs.stateGraph = async (...given) =>
  (await import('./graph/state-graph.js')).stateGraph(...given);
