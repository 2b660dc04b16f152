// Which rules an exploration ought to make fire. What its options leave no room for is not expected.

import type {RuleId} from '../../../src/index.js';
import {repairsOf} from '../settings.js';
import type {ElectionOptions} from './options.js';

type Condition = (options: ElectionOptions) => boolean;

const always: Condition = () => true;
const withTerms: Condition = options => repairsOf(options).terms;
const withoutTerms: Condition = options => !withTerms(options);
/** Two hosts that are cut off from each other never compete, unless they come back at the same time. */
const contest: Condition = ({hosts, gateway}) => hosts > 2 || gateway;
const gateway: Condition = options => options.gateway;
const crash: Condition = ({crashes}) => crashes > 0;
const command: Condition = ({commands}) => commands > 0;

/** What a rule needs besides some room. */
const NEEDS: Partial<Record<RuleId, Condition>> = {
  'EL-01': always,
  'EL-02': contest,
  'EL-03': contest,
  'EL-04': contest,
  'EL-05': contest,
  'EL-06': contest,
  'EL-07': contest,
  'EL-08': contest,
  'EL-09': always,
  'EL-10': always,
  'EL-11': always,
  'EL-12': gateway,
  'EL-13': gateway,
  'EL-14': gateway,
  'EL-15': gateway,
  'EL-16': gateway,
  'EL-17': always,
  'EL-18': always,
  'LV-01': always,
  'LV-02': always,
  'LV-03': always,
  'LV-04': always,
  'LV-05': always,
  'LV-06': options => options.gateway && options.datastores,
  'LV-07': options => options.datastores,
  'LV-08': options => !options.datastores || crash(options),
  'LV-09': always,
  'LV-10': always,
  'LV-11': gateway,
  'TM-01': withTerms,
  'TM-02': options => withTerms(options) && options.unreduced,
  'TM-03': options => withTerms(options) && command(options),
  'TM-04': always,
  'TM-07': withoutTerms,
  'TM-08': withoutTerms,
  'TM-09': crash,
  'TM-10': crash,
  'TM-11': crash,
  'FB-17': command,
};

/** Cut and heal: less than that leaves most of the protocol at rest. */
export const expectedRules = (options: ElectionOptions): readonly RuleId[] =>
  options.cuts < 2 ? [] : (Object.keys(NEEDS) as RuleId[]).filter(id => NEEDS[id]?.(options));
