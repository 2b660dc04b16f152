import {model} from '../../index.js';
import {unreducedIfMutated} from '../../mutants/mutant.js';
import {declareDead} from './dead.js';
import {declareFaults} from './faults.js';
import {OPTIONS, ofAllMessages, propertiesOf} from './options.js';
import {PREMISES} from './premises.js';
import {PROPERTIES} from './properties.js';
import {declareSilence} from './silence.js';
import {declareSteps} from './steps.js';
import {worldOf} from './world.js';

/** Claims 1 and 4 of US 9,495,259 and claim 1 of US 10,949,245: a primary restarts what can be restarted. */
export const failover = model({
  name: 'failover',
  summary: 'Restarts of VMs after failures: lists, lock, ghosts, two primaries.',
  options: OPTIONS,
  build(m, said) {
    const options = ofAllMessages(unreducedIfMutated(said));
    const world = worldOf(m, options);
    declareFaults(m, world, options);
    declareSteps(m, world, options);
    if (options.losses > 0) declareSilence(m, world, options);
    const declared = options.premise ? PREMISES : PROPERTIES;
    for (const name of propertiesOf(options)) declared[name](m, world, name, options);
    if (!options.unreduced) declareDead(m, world, options);
    m.allowDeadlock(); // when every budget is spent and everything has come to rest
  },
});
