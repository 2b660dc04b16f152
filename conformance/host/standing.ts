import type {ComposedState} from '../../src/index.js';
import {standing} from '../report/standing.js';
import {toldBeside, toldShort} from './told-entry.js';

/** What the disk holds stands there at full length, and of all else that is said of an object what is not the same. */
export const standingOnHost = ({ha: {ha, ...leading}, storage: {durable, ...serving}, ...rest}: ComposedState) => {
  const beside = toldBeside(durable.components);
  return standing({ha, ...leading, disk: durable, storage: serving, ...rest}, (part, name) =>
    name === 'disk' ? toldShort(part) : beside(part),
  );
};
