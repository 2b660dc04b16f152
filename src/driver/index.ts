// The public names of `holdfast/driver`: what runs a host for real.

export {DURATIONS, type Durations, durationOf} from '../host/durations.js';
export {type Demand, type Observer, type RunningHost, runHost} from './driver.js';
export {logTo, type StepLog} from './log.js';
export {type Clock, createClock} from './memory/clock.js';
export {createDisk} from './memory/disk.js';
export {createNetworks, type Networks} from './memory/networks.js';
export {createTimers} from './memory/timers.js';
export type {Disk, Listener, Notice, Surroundings, Timers, Transport} from './surroundings.js';
