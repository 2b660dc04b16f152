import {builder} from '../define/builder.js';
import {frozen} from '../define/flaw.js';
import type {Model} from '../define/model.js';
import {chosen, type Options} from '../define/options.js';
import type {SlotDescription} from '../define/slots.js';
import type {System} from '../define/system.js';
import {ModelError, saidBy} from './errors.js';
import {requireIntrinsics} from './intrinsics.js';
import {refusePromise, shielded} from './shield.js';

/** Builds a model's system with these options; whatever the author's code throws becomes a ModelError. */
export const systemOf = <O extends Options>(model: Model<O>, choices: Readonly<Record<string, unknown>>): System => {
  const options = frozen(chosen(model.options, choices));
  const {m, system} = builder();
  try {
    refusePromise(shielded((): unknown => model.build(m, options)));
  } catch (error) {
    throw new ModelError(`it cannot be built: ${saidBy(error)}`, {cause: error});
  }
  requireIntrinsics();
  return system();
};

/** What a result says of the slots. */
export const slotsOf = ({slots}: System): readonly SlotDescription[] =>
  slots.map(({name, family, key, holds, isInbox}) => ({name, family, key, holds, isInbox}));
