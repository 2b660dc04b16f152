import {textOf} from '../../../model/report/value.js';
import type {View} from '../../../src/index.js';
import type {HostMove} from './moves.js';
import type {Letter} from './world.js';

/** A move as a person would tell it. */
export const tellMove = (move: HostMove): string => {
  switch (move.kind) {
    case 'deliver':
      return `${move.to} receives ${toldLetter(move)} of ${move.from}`;
    case 'lose':
      return `the ${toldNetwork(move)} loses ${toldLetter(move)} of ${move.from} to ${move.to}`;
    case 'repeat':
      return `the ${toldNetwork(move)} doubles ${toldLetter(move)} of ${move.from} to ${move.to}`;
    case 'answer':
      return move.question.type === 'Probe'
        ? `${move.host} hears whether ${move.question.host} answers a ping`
        : `${move.host} hears whether it reaches the isolation address`;
    case 'notice':
      return `the storage module of ${move.host} notices that it reaches ${move.reachable.join(' ')}`;
    case 'fire':
      return `at ${move.host} a timer fires: ${textOf(move.timer)}`;
    case 'fire late':
      return `at ${move.host} a timer fires that was cancelled too late: ${textOf(move.timer)}`;
    case 'crash':
      return `${move.host} crashes`;
    case 'restart':
      return `${move.host} comes up`;
    case 'split HA network':
      return `the HA network becomes ${toldView(move.sides)}`;
    case 'split storage network':
      return `the storage network becomes ${toldView(move.sides)}`;
    case 'power on':
      return `the user powers ${move.vm} on at ${move.host}`;
    case 'power off':
      return `the user powers ${move.vm} off at ${move.host}`;
    case 'create':
      return `the user creates ${move.vm} anew at ${move.host}`;
    case 'lead':
      return `the platform learns that ${move.primary} is primary of term ${move.term}, for ${move.vm}`;
    case 'lose a disk':
      return `the disk under the component of ${move.object} on ${move.host} fails`;
    case 'migrate':
      return `${move.vm} leaves ${move.host} for ${move.to}`;
    case 'take its lock':
      return `the lock of ${move.vm} is asked for where it goes`;
    case 'arrive':
      return `${move.vm} arrives where it goes`;
    case 'ask':
      return `the platform asks for what the user wants: ${move.vm}`;
  }
};

const toldNetwork = ({network}: Letter): string => (network === 'ha' ? 'HA network' : 'storage network');

const toldLetter = ({message}: Letter): string => textOf(message);

const toldView = (view: View): string => view.map(side => side.join(' ')).join(' | ');
