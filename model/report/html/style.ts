/** The style of a report: light or dark as the reader's system is, from the width of a phone to that of a desk. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fff; --panel: #f6f7f9; --ink: #1b1f24; --faint: #5d6773; --rule: #d9dee4; --link: #0b57a4;
  --good: #1a7f37; --bad: #c02626; --doubtful: #8a6100; --bar: #8fb8e8; --gone: #fde8e8; --come: #e2f5e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --panel: #1d2127; --ink: #e4e8ec; --faint: #9aa5b1; --rule: #343b44; --link: #7ab7ff;
    --good: #56c271; --bad: #ff7b72; --doubtful: #e0b13c; --bar: #2f5f96; --gone: #472225; --come: #1d3f27;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 64rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0 .75rem; }
a { color: var(--link); }
code, .value, td.name, dd { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: .875em; }
.verdict { font-weight: 700; }
.holds { color: var(--good); } .violated { color: var(--bad); } .incomplete { color: var(--doubtful); }
.faint { color: var(--faint); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .5rem; margin: 1rem 0; }
dl > div { background: var(--panel); border: 1px solid var(--rule); border-radius: .4rem; padding: .4rem .7rem; }
dt { color: var(--faint); font-size: .8rem; }
dd { margin: 0; font-size: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-size: .8rem; font-weight: 600; color: var(--faint); }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.share { width: 30%; min-width: 4rem; vertical-align: middle; }
.wide td.name { min-width: 7rem; }
.step td.name { white-space: nowrap; min-width: 0; width: 1%; }
.bar { display: block; height: .7rem; min-width: 1px; border-radius: .2rem; background: var(--bar); }
ol { list-style: none; margin: 0; padding: 0; }
.step { border: 1px solid var(--rule); border-radius: .4rem; padding: .5rem .8rem; }
.step { margin: .5rem 0; scroll-margin: .5rem; }
.step:target { outline: 2px solid var(--link); }
.step > * { margin: .15rem 0; }
.step h3 .number { color: var(--faint); font-weight: 400; margin-right: .6em; }
.step .rules { font-weight: 400; font-size: .8rem; color: var(--faint); }
.again { border-left: .3rem solid var(--doubtful); }
del, ins { text-decoration: none; border-radius: .2rem; padding: 0 .2em; }
del { background: var(--gone); } ins { background: var(--come); }
summary { cursor: pointer; color: var(--faint); font-size: .875rem; }
tr.changed td { background: var(--come); }
figure { margin: 0; overflow-x: auto; border: 1px solid var(--rule); border-radius: .4rem; background: var(--panel); }
.sequence { display: block; font-family: system-ui, sans-serif; font-size: 12.5px; }
.sequence text { fill: var(--ink); paint-order: stroke; stroke: var(--panel); stroke-width: 4px; }
.sequence .number, .sequence .again { fill: var(--faint); }
.sequence .who { font-weight: 600; }
.sequence .message { font-size: 11px; }
.sequence .lifeline { stroke: var(--faint); stroke-width: 1.5; }
.sequence .row { stroke: var(--rule); stroke-dasharray: 2 4; }
.sequence .actor { fill: var(--ink); }
.sequence .other { fill: var(--panel); stroke: var(--ink); stroke-width: 1.5; }
.sequence a:hover .name { text-decoration: underline; }
.sequence > path { fill: none; stroke: var(--link); stroke-width: 1.5; }
.sequence > path.lost { stroke: var(--bad); }
.sequence > path.dropped, .sequence > path.underWay { stroke: var(--faint); stroke-dasharray: 4 3; }
.sequence text.lost { fill: var(--bad); } .sequence text.underWay { fill: var(--faint); }
.sequence .head { fill: var(--link); } .sequence .cross { fill: none; stroke: var(--bad); stroke-width: 1.5; }
.sequence rect { fill: none; stroke: var(--doubtful); stroke-dasharray: 6 3; }
@media (max-width: 34rem) {
  table { font-size: .85rem; }
  th, td { padding-right: .5rem; }
  th.number { white-space: normal; }
  td.share { width: 15%; min-width: 2rem; }
  .wide td.name { min-width: 6rem; }
}
@media print { .step { break-inside: avoid; } }
`;
