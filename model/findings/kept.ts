// What was found, kept as a file: a search for all answers takes minutes, and goes on where it stopped.

import type {Finding} from './finding.js';
import {type Hazard, questionsOf} from './hazard.js';
import {recordIn} from './record.js';

export type Findings = {
  /** Who wrote the file, for those who open it. */
  readonly generated: string;
  /** The version of holdfast that found all this. */
  readonly version: string;
  readonly findings: readonly Finding[];
};

export const GENERATED = 'by `npm run findings`; do not edit';

export const nothingFound = (version: string): Findings => ({generated: GENERATED, version, findings: []});

/** The record that a text holds. Throws a RangeError that says what is wrong with it. */
export const findingsFrom = (text: string): Findings =>
  recordIn<Findings>(
    text,
    'findings',
    ({findings}) =>
      Array.isArray(findings) &&
      findings.every(
        finding => typeof finding?.hazard === 'string' && Array.isArray(finding.answers) && finding.answers.length > 0,
      ),
  );

/** Does the record answer just what is asked about this hazard today? */
export const answersFor = ({findings}: Findings, hazard: Hazard): boolean => {
  const known = findings.find(finding => finding.hazard === hazard.id);
  return known !== undefined && JSON.stringify(askedIn(known)) === JSON.stringify(askedAbout(hazard));
};

const askedAbout = (hazard: Hazard) => ({questions: questionsOf(hazard.questions), measures: hazard.measures ?? []});

const askedIn = ({answers, figures}: Finding) => ({
  questions: questionsOf(answers),
  measures: figures.map(({least: _, ...measure}) => measure),
});

/** The record with this finding in the place of an older one, in the order of the hazards. */
export const including = (record: Findings, finding: Finding): Findings => ({
  ...record,
  findings: [...record.findings.filter(({hazard}) => hazard !== finding.hazard), finding].sort(
    (a, b) => numberOf(a) - numberOf(b),
  ),
});

const numberOf = ({hazard}: Finding): number => Number(hazard.slice(1));

export const textOfFindings = (record: Findings): string => `${JSON.stringify(record, null, 1)}\n`;
