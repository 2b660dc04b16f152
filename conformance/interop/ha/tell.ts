import {textOf} from '../../../model/report/value.js';
import type {StorageCall, View} from '../../../src/index.js';
import type {HaMove} from './moves.js';

/** A move as a person would tell it. */
export const tellMove = (move: HaMove): string => {
  switch (move.kind) {
    case 'deliver':
      return `${move.to} receives ${textOf(move.message)} of ${move.from}`;
    case 'lose':
      return `the HA network loses ${textOf(move.message)} of ${move.from} to ${move.to}`;
    case 'repeat':
      return `the HA network doubles ${textOf(move.message)} of ${move.from} to ${move.to}`;
    case 'carry out':
      return `the storage of ${move.host} carries out SET ${toldCall(move.call)}`;
    case 'lose answer':
      return `the storage of ${move.host} carries out SET ${toldCall(move.call)}, and its answer is lost`;
    case 'fire':
      return `at ${move.host} a timer fires: ${textOf(move.timer)}`;
    case 'announce':
      return `the storage of ${move.host} announces a change of ${move.vm}`;
    case 'elect':
      return `${move.host} is elected in term ${move.term}`;
    case 'crash':
      return `the HA module of ${move.host} crashes`;
    case 'restart':
      return `the HA module of ${move.host} restarts`;
    case 'split HA network':
      return `the HA network becomes ${toldView(move.sides)}`;
    case 'split storage network':
      return `the storage network becomes ${toldView(move.sides)}`;
    case 'intend':
      return `the user wants ${move.vm} ${move.value}`;
    case 'ask':
      return `the platform asks for that: ${move.vm}`;
  }
};

const toldCall = ({vm, value, generation}: StorageCall): string => `${vm} ${value} (generation ${generation})`;

const toldView = (view: View): string => view.map(side => side.join(' ')).join(' | ');
