// What is said of logs, for a person. The first line is the answer.

import {wrapped} from '../../model/report/layout.js';
import {count, counted} from '../../model/report/numbers.js';
import {type Paint, PLAIN} from '../../model/report/paint.js';
import {printable} from '../../model/report/value.js';
import {allowedText, brokenText, traceText, wrongText} from '../report/text.js';
import type {Assumed, Place, Unjudged, Validation, Violation} from './validation.js';

/** How many of the steps that were assumed are shown. */
const MOST_SHOWN = 5;

/** The whole of it: the answer, what is wrong, what was assumed or left out, and what was looked at. */
export const validationText = (validation: Validation, paint: Paint = PLAIN): string => {
  const {violation, assumed, assumptions, unjudged} = validation;
  return [
    headline(validation, paint),
    ...(violation === null ? [] : [violationText(violation, paint)]),
    ...(assumed.length === 0 ? [] : [assumedText(assumed, assumptions)]),
    ...unjudged.map(unjudgedText),
    lookedAtText(validation),
  ]
    .filter(part => part !== '')
    .join('\n\n');
};

const placeText = ({file, line, host, seq}: Place): string =>
  [`${file}:${line}`, ...(seq === null ? [] : [`(${host}, step ${seq})`])].join(' ');

const headline = ({answer, reason, violation}: Validation, paint: Paint): string => {
  const stress = {consistent: paint.good, violated: paint.bad, partial: paint.doubtful, inconclusive: paint.doubtful};
  const parts = [
    stress[answer](answer),
    ...(violation === null ? [] : [printable(placeText(violation))]),
    ...(reason === null ? [] : [printable(reason)]),
  ];
  return wrapped(parts.join(': '), 2);
};

const violationText = ({line, trace, broken, allowed, differences, fitting, kind}: Violation, paint: Paint): string =>
  [
    ...(kind === 'step' && allowed.length > 0 ? [wrongText(`Line ${line}`, trace, differences, paint)] : []),
    ...(broken.length === 0 ? [] : [brokenText(broken, paint)]),
    ...(trace.length === 0
      ? []
      : [traceText('The last lines of this module that are explained, and this one:', trace, paint, ({line}) => line)]),
    ...(kind === 'step' && allowed.length > 0 ? [allowedText({allowed}, paint)] : []),
    ...(fitting.length === 0
      ? []
      : [
          ['What was done would be allowed if, instead:', ...fitting.map(each => wrapped(`  -  ${each}`, 5))].join(
            '\n',
          ),
        ]),
  ].join('\n\n');

const assumedText = (assumed: readonly Assumed[], all: number): string => {
  const shown = assumed.slice(0, MOST_SHOWN);
  const rest = all - shown.length;
  return [
    'Not logged, and allowed if it was so:',
    ...shown.map(({steps, ways, ...place}) => {
      const others = ways > 1 ? ` (and ${counted(ways - 1, 'other way')})` : '';
      return wrapped(`  before ${placeText(place)}: ${steps.map(printable).join(', then ')}${others}`, 4);
    }),
    ...(rest === 0 ? [] : [`  and ${count(rest)} more`]),
  ].join('\n');
};

const unjudgedText = ({until, reason, ...place}: Unjudged): string =>
  wrapped(`Not judged: ${placeText(place)} to ${until === null ? 'the end' : `line ${until - 1}`}: ${reason}.`, 2);

const lookedAtText = ({lines, modules, messages}: Validation): string => {
  const judged = modules.reduce((sum, module) => sum + module.judged, 0);
  const rules = new Set(modules.flatMap(module => module.rules.map(({id}) => id)));
  const hosts = modules.map(({host, module}) => `${host} (${module})`).join(', ');
  const {matched, foreign, unknown} = messages;
  return [
    `${counted(judged, 'step')} explained, of ${counted(lines, 'line')} read: ${hosts === '' ? 'no module' : hosts}.`,
    `Of the messages received, ${count(matched)} were sent before, as the logs show.`,
    ...(foreign === 0
      ? []
      : [`${count(foreign)} came from hosts whose logs were not given: that they were sent is believed.`]),
    ...(unknown === 0 ? [] : [`${count(unknown)} may have been sent in lines that are missing.`]),
    `${counted(rules.size, 'rule')} exercised.`,
  ]
    .map(line => wrapped(line, 2))
    .join('\n');
};
