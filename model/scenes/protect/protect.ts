import {model} from '../../index.js';
import {unreducedIfMutated} from '../../mutants/mutant.js';
import {declareAlike} from './alike.js';
import {expectedRules} from './coverage.js';
import {declareDead} from './dead.js';
import {declareFaults} from './faults.js';
import {OPTIONS, propertiesOf} from './options.js';
import {PREMISES} from './premises.js';
import {PROPERTIES} from './properties.js';
import {declareSettled} from './settled.js';
import {declareSteps} from './steps.js';
import {worldOf} from './world.js';

/** Claim 1 of US 9,513,946: a primary writes a VM's protection state although its own storage module cannot. */
export const protect = model({
  name: 'protect',
  summary: 'SET and CLEAR of the protection state of a VM, with the partition fallback.',
  options: OPTIONS,
  build(m, said) {
    const options = unreducedIfMutated(said);
    const world = worldOf(m, options);
    declareFaults(m, world, options);
    declareSteps(m, world, options);
    const declared = options.premise ? PREMISES : PROPERTIES;
    for (const name of propertiesOf(options)) declared[name](m, world, name);
    if (!options.unreduced) {
      declareDead(m, world);
      declareAlike(m, world);
      if (world.repairs.terms && options.losses + options.duplicates === 0) declareSettled(m, world);
    }
    m.allowDeadlock(); // when every budget is spent and everything has come to rest
    m.rules(expectedRules(options));
  },
});
