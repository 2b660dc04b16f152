// The findings as a person reads them on a terminal.

import {columns} from '../report/layout.js';
import {count, counted} from '../report/numbers.js';
import {type Paint, PLAIN} from '../report/paint.js';
import type {Result} from '../report/result.js';
import {type Answer, type Finding, isRemoved, isSettled, outcomeOf} from './finding.js';
import type {Hazard} from './hazard.js';
import {answersFor, type Findings} from './kept.js';

/** All answers together: `holds` where every hazard that was asked about is answered, and removed by the repairs. */
export const verdictOf = (record: Findings, hazards: readonly Hazard[]): Result['verdict'] =>
  record.findings.some(({answers}) =>
    answers.some(({hardened, conceded}) => hardened.verdict === 'violated' && conceded === null),
  )
    ? 'violated'
    : hazards.every(hazard => answersFor(record, hazard)) && record.findings.every(isSettled)
      ? 'holds'
      : 'incomplete';

const setText = (sets: readonly (readonly string[])[]): string => sets.map(set => set.join(' + ')).join(' or ');

const claimedText = ({counterexample, claimed}: Answer): string =>
  counterexample === null
    ? `${claimed.complete ? 'holds' : 'incomplete'}, ${count(claimed.distinct)}`
    : counted(counterexample.steps, 'step');

const rowsOf = ({hazard, answers}: Finding): readonly (readonly string[])[] =>
  answers.map((answer, index) => [
    index === 0 ? hazard : '',
    answer.scene,
    answer.property,
    claimedText(answer),
    answer.conceded === null ? `${answer.hardened.verdict}, ${count(answer.hardened.distinct)}` : 'conceded',
    answer.counterexample === null || answer.conceded !== null ? '' : setText(answer.repairs) || 'no set',
  ]);

const headline = (record: Findings, hazards: readonly Hazard[], paint: Paint): string => {
  const verdict = verdictOf(record, hazards);
  const {findings} = record;
  const real = findings.filter(finding => outcomeOf(finding) === 'real').length;
  const absent = findings.filter(finding => outcomeOf(finding) === 'absent').length;
  const removed = findings.filter(isRemoved).length;
  const text = `${counted(real, 'hazard')} real, ${count(absent)} not; ${count(removed)} removed`;
  if (verdict === 'holds') return `${paint.good('answered')}: ${text}`;
  if (verdict === 'violated') return `${paint.bad('not removed')}: ${text}`;
  return `${paint.doubtful('incomplete')}: ${findings.length} of ${hazards.length} answered; ${text}`;
};

export const findingsText = (record: Findings, hazards: readonly Hazard[], paint: Paint = PLAIN): string => {
  const head = ['', 'scene', 'property', 'claimed', 'hardened', 'removed by'];
  const rows = record.findings.flatMap(rowsOf);
  return [headline(record, hazards, paint), ...(rows.length === 0 ? [] : ['', ...columns([head, ...rows])])].join('\n');
};
