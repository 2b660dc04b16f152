import {model} from '../../index.js';
import {unreducedIfMutated} from '../../mutants/mutant.js';
import {declareDead} from './dead.js';
import {declareFaults} from './faults.js';
import {OPTIONS, propertiesOf} from './options.js';
import {PREMISES} from './premises.js';
import {PROPERTIES} from './properties.js';
import {declareStanding} from './standing.js';
import {declareSteps} from './steps.js';
import {worldOf} from './world.js';

/** The storage modules of a cluster keep the protection state of a VM as if in one place. */
export const storage = model({
  name: 'storage',
  summary: 'Storage modules keep the protection state and the lock of a VM as if it were one register.',
  options: OPTIONS,
  build(m, said) {
    const options = unreducedIfMutated(said);
    const world = worldOf(m, options);
    declareFaults(m, world, options);
    declareSteps(m, world);
    const canCommit = declareStanding(m, world);
    const declared = options.premise ? PREMISES : PROPERTIES;
    for (const name of propertiesOf(options)) declared[name](m, world, canCommit, name);
    if (!options.unreduced) declareDead(m, world);
    m.allowDeadlock(); // when every budget is spent and everything has come to rest
  },
});
