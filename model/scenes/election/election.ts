import {model} from '../../index.js';
import {unreducedIfMutated} from '../../mutants/mutant.js';
import {expectedRules} from './coverage.js';
import {declareDead} from './dead.js';
import {declareFaults} from './faults.js';
import {OPTIONS, propertiesOf} from './options.js';
import {PREMISES} from './premises.js';
import {PROPERTIES} from './properties.js';
import {declareSteps} from './steps.js';
import {worldOf} from './world.js';

/** Who is primary, over an HA network that splits and heals: the built-in elector, by itself. */
export const election = model({
  name: 'election',
  summary: 'Election, heartbeats and isolation, and that no two hosts are ever primary in one term.',
  options: OPTIONS,
  build(m, said) {
    const options = unreducedIfMutated(said);
    const world = worldOf(m, options);
    declareFaults(m, world, options);
    declareSteps(m, world, options);
    const declared = options.premise ? PREMISES : PROPERTIES;
    for (const name of propertiesOf(options)) declared[name](m, world, name);
    if (!options.unreduced) declareDead(m, world);
    m.allowDeadlock(); // when every budget is spent and everyone follows
    m.rules(expectedRules(options));
  },
});
