// Which rules an exploration ought to make fire. What its options leave no room for is not expected.

import {isApplicable, RULES, type RuleId} from '../../../src/index.js';
import {repairsOf} from '../settings.js';
import type {ProtectOptions} from './options.js';

type Condition = (options: ProtectOptions) => boolean;

const all =
  (...conditions: readonly Condition[]): Condition =>
  options =>
    conditions.every(holds => holds(options));
const any =
  (...conditions: readonly Condition[]): Condition =>
  options =>
    conditions.some(holds => holds(options));

/** Cut, heal, power on, power off: less than that leaves most of the protocol at rest. */
const roomy: Condition = ({views, toggles}) => views >= 2 && toggles >= 2;
const handover: Condition = ({handovers}) => handovers > 0;
const crash: Condition = ({crashes}) => crashes > 0;
const loss: Condition = ({losses}) => losses > 0;
const lostReply: Condition = options => options['lost-replies'] > 0;
const early: Condition = options => options['early-timeouts'] > 0;
const duplicate: Condition = ({duplicates}) => duplicates > 0;
const severalAsked: Condition = ({subsets}) => subsets !== 'one' && subsets !== 'partition';
const complement: Condition = ({subsets}) => subsets === 'complement';
const partition: Condition = ({subsets}) => subsets === 'partition';
const serial: Condition = ({vms}) => vms > 1;
/** Messages that nobody heeds are still delivered. */
const heedless: Condition = ({unreduced}) => unreduced;

/** What a rule needs besides its repairs and some room. */
const NEEDS: Partial<Record<RuleId, Condition>> = {
  'FB-02': any(handover, crash),
  'FB-03': duplicate,
  'FB-04': duplicate,
  'FB-08': handover,
  'FB-10': ({subsets}) => subsets !== 'all',
  'FB-15': severalAsked,
  'FB-16': severalAsked,
  'FB-19': severalAsked,
  'FB-20': severalAsked,
  'FB-21': severalAsked,
  'FB-23': heedless,
  'FB-25': heedless,
  'FB-26': complement,
  'FB-27': partition,
  'FB-28': any(complement, partition),
  'FB-29': any(complement, partition),
  'FB-30': partition,
  'FB-31': serial,
  'FB-32': serial,
  'WT-07': any(loss, crash, early),
  'WT-08': heedless,
  'WT-10': all(handover, options => !repairsOf(options).terms),
  'TO-01': any(loss, crash, early, handover),
  'TO-02': any(loss, crash, early, handover, lostReply),
  'TO-03': any(lostReply, early),
  'TO-04': early,
  'TM-01': handover,
  'TM-02': all(handover, heedless),
  'TM-03': handover,
  'TM-04': handover,
  'TM-05': handover,
  'TM-06': handover,
  'TM-07': handover,
  'TM-08': all(handover, options => repairsOf(options).terms || options.handovers > 1),
  'TM-09': crash,
  'TM-10': crash,
  'TM-11': crash,
  'ST-03': any(handover, heedless),
  'ST-04': any(loss, crash, early, handover, lostReply, duplicate),
  'ST-05': lostReply,
  'PL-04': handover,
  'PL-05': handover,
};

/** Chapters that other scenes are about, and the calls of the storage contract that HA modules make elsewhere. */
export const isOfScene = (id: string): boolean =>
  ['FB', 'WT', 'TO', 'TM', 'PL'].includes(id.slice(0, 2)) || (id >= 'ST-01' && id <= 'ST-07');

export const expectedRules = (options: ProtectOptions): readonly RuleId[] =>
  roomy(options)
    ? (Object.keys(RULES) as RuleId[]).filter(
        id => isOfScene(id) && isApplicable(id, repairsOf(options)) && (NEEDS[id]?.(options) ?? true),
      )
    : [];
