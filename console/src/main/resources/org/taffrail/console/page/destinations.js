// SPDX-License-Identifier: Apache-2.0
// All destinations in one table, with the subscriptions of topics that are unfolded.

import {get, post} from './api.js';
import {ask, el, sparkline, table} from './dom.js';
import {age, bad, count, destinationLink, href, pages, rate} from './words.js';

const LIMIT = 50;
const UNFOLDED_MAX = 10;

/** How destinations and groups are shown in a table; `name` shows the first cell. */
export function COLUMNS(takenMs, name = (row) => named(row)) {
  return [
    {label: 'Name', sort: 'name', head: true, show: name},
    {label: 'Depth', sort: 'depth', number: true, show: (row) => count(row.depth)},
    {label: 'Lately', kind: 'minor', show: (row) => sparkline(row.depths)},
    {label: 'In flight', sort: 'held', number: true, kind: 'second', show: (row) => count(row.held)},
    {label: 'Waiting', sort: 'waiting', number: true, kind: 'minor', show: (row) => count(row.waiting)},
    {label: 'Oldest', sort: 'oldest', number: true, show: (row) => age(row.oldestMs, takenMs)},
    {label: 'In/s', sort: 'inRate', number: true, kind: 'second', show: (row) => row.inRate !== undefined && rate(row.inRate)},
    {label: 'Out/s', sort: 'outRate', number: true, kind: 'second', show: (row) => row.outRate !== undefined && rate(row.outRate)},
    {label: 'Redelivered', sort: 'redelivered', number: true, kind: 'minor', show: (row) => count(row.redelivered)},
    {label: 'Dead-lettered', sort: 'deadLettered', number: true, kind: 'minor', show: (row) => bad(row.deadLettered)},
    {label: 'Consumers', sort: 'consumers', number: true, kind: 'second', show: (row) => count(row.consumers)},
  ];
}

function named(row) {
  return [
    destinationLink(row.kind, row.name),
    row.kind === 'topic' && el('span', {class: 'tag'}, 'topic'),
    row.deadLetters && el('span', {class: 'tag'}, 'dead letters'),
    row.temporary && el('span', {class: 'tag'}, 'temporary'),
  ];
}

/** What a group is called. */
export function groupName(group) {
  return [group.name || '(without a name)', group.clientId && ` of ${group.clientId}`, el('span', {class: 'tag'}, group.source)];
}

function keyOf(row) {
  return row.source ? `group ${row.kind} ${row.destination} ${row.id}` : `${row.kind} ${row.name}`;
}

/** The page of all destinations. */
export function destinations(page) {
  const {parameters} = page;
  const unfolded = new Map();
  let listed;
  let timer = 0;
  const asked = () => ({
    containing: parameters.get('containing'), kind: parameters.get('kind'),
    sort: parameters.get('sort') || 'name', descending: parameters.get('descending') || 'false',
    skip: Number(parameters.get('skip')) || 0, limit: LIMIT,
  });

  /** Asks for something else, so that a reload and a link show the same. */
  function change(changes) {
    for (const [name, value] of Object.entries({skip: '', ...changes})) {
      value === '' ? parameters.delete(name) : parameters.set(name, value);
    }
    history.replaceState(null, '', href(['destinations'], Object.fromEntries(parameters)));
    page.refresh();
  }

  function sort(by) {
    const now = asked();
    const descending = now.sort === by ? now.descending !== 'true' : by !== 'name';
    change({sort: by, descending: String(descending)});
  }

  async function unfold(row) {
    unfolded.has(keyOf(row)) ? unfolded.delete(keyOf(row)) : unfolded.set(keyOf(row), []);
    if (unfolded.size > UNFOLDED_MAX) {
      unfolded.delete(unfolded.keys().next().value);
    }
    await page.refresh();
  }

  function name(row) {
    if (row.source) {
      return groupName(row);
    }
    const open = unfolded.has(keyOf(row));
    return [named(row), row.kind === 'topic' && row.groups > 0 && [' ', el('button', {
      type: 'button', class: 'small', 'aria-expanded': String(open), onclick: () => unfold(row),
    }, `${row.groups} subscribed`)]];
  }

  async function load() {
    const found = await get('destinations', asked());
    for (const row of found.destinations.filter((each) => unfolded.has(keyOf(each)))) {
      unfolded.set(keyOf(row), (await get('groups', {kind: row.kind, name: row.name})).groups);
    }
    listed = found;
  }

  function rows() {
    return listed.destinations.flatMap((row) => [row, ...unfolded.get(keyOf(row)) || []]);
  }

  function create() {
    ask({
      title: 'Create a destination', confirm: 'Create',
      fields: [{name: 'kind', label: 'Kind', type: 'select', options: ['queue', 'topic']},
        {name: 'name', label: 'Name', required: true}],
      submit: (values) => post('create', values),
    }).then((done) => {
      if (done) {
        page.say('Created. It is listed with the next sample, within two seconds.');
      }
    });
  }

  function bar() {
    const option = (value, text) => el('option', {value, selected: (parameters.get('kind') || '') === value}, text);
    return el('div', {class: 'bar'},
      el('label', {class: 'wide'}, 'Name contains',
        el('input', {
          type: 'search', 'data-filter': true, value: parameters.get('containing'), placeholder: 'press / to filter',
          oninput: (event) => {
            clearTimeout(timer);
            timer = setTimeout(change, 200, {containing: event.target.value});
          },
        })),
      el('label', {}, 'Kind',
        el('select', {onchange: (event) => change({kind: event.target.value})},
          option('', 'queues and topics'), option('queue', 'queues'), option('topic', 'topics'))),
      el('button', {type: 'button', onclick: create}, 'Create\u2026'));
  }

  return {
    title: 'Destinations',
    load,
    draw: () => {
      const {skip, sort: by, descending} = asked();
      const last = Math.min(skip + LIMIT, listed.found);
      return [
        bar(),
        table(`${listed.found.toLocaleString('en')} of ${listed.total.toLocaleString('en')} destinations`,
          COLUMNS(listed.takenMs, name), rows(), {
            key: keyOf, sorted: {by, descending: descending === 'true'}, onSort: sort,
            rowClass: (row) => row.source && 'group', none: 'No destination is called like that.',
          }),
        pages(skip > 0 ? Math.max(0, skip - LIMIT) : null, last < listed.found ? last : null,
          (to) => change({skip: String(to)}), `${listed.found ? skip + 1 : 0} to ${last}`),
      ];
    },
  };
}
