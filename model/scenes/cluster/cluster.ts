import {type Builder, model} from '../../index.js';
import {unreducedIfMutated} from '../../mutants/mutant.js';
import {declareDead} from './dead.js';
import {declareFaults} from './faults.js';
import {type ClusterOptions, OPTIONS, propertiesOf} from './options.js';
import {PREMISES} from './premises.js';
import {PROPERTIES} from './properties.js';
import {declareStanding} from './standing.js';
import {declareSteps} from './steps.js';
import {worldOf} from './world.js';

/** Whole hosts, each with all its modules, on both networks: what users get of the protocol. */
export const cluster = model({
  name: 'cluster',
  summary: 'Whole hosts, HA module, storage module and runtime together: what users get of all this.',
  options: OPTIONS,
  build: (m, said) => declareCluster(m, said),
});

/** All of the scene, with these options. */
export const declareCluster = (m: Builder, said: ClusterOptions): void => {
  const options = unreducedIfMutated(said);
  const world = worldOf(m, options);
  const standing = declareStanding(m, world);
  declareFaults(m, world, standing, options);
  declareSteps(m, world, standing, options);
  const declared = options.premise ? PREMISES : PROPERTIES;
  for (const name of propertiesOf(options)) declared[name](m, world, standing, name);
  if (!options.unreduced) declareDead(m, world);
  m.allowDeadlock(); // when every budget is spent and everything has come to rest
};
