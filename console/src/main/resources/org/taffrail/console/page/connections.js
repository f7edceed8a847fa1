// SPDX-License-Identifier: Apache-2.0
// Who is connected, and who holds messages.

import {get} from './api.js';
import {el, table} from './dom.js';
import {age, connectionLink, count, destinationLink, pages} from './words.js';

const QUEUES_MAX = 20;

/** The page of connections. */
export function connections(page) {
  const before = [];
  let after = '';
  let listed;
  let holders = null;

  async function whoHolds() {
    try {
      const {destinations} = await get('destinations', {sort: 'held', descending: true, limit: QUEUES_MAX});
      const found = [];
      for (const each of destinations.filter((row) => row.held > 0)) {
        const groups = each.kind === 'queue' ? [undefined]
          : (await get('groups', {kind: each.kind, name: each.name})).groups.filter((row) => row.held > 0).map((row) => row.id);
        for (const group of groups) {
          const {consumers} = await get('consumers', {kind: each.kind, name: each.name, group});
          found.push(...consumers.filter((row) => row.held > 0).map((row) => ({...row, destination: each})));
        }
      }
      holders = found.sort((a, b) => b.held - a.held);
      page.paint();
    } catch (e) {
      page.say(e.message, true);
    }
  }

  return {
    title: 'Connections',
    load: async () => {
      listed = await get('connections', {after});
    },
    draw: () => [
      table('Those who are connected, this page among them', [
        {label: 'User', head: true, show: (row) => connectionLink(row.id, row.user || '(nobody)')},
        {label: 'Client id', kind: 'second', show: (row) => row.clientId},
        {label: 'From', show: (row) => row.peer},
        {label: 'Library', kind: 'minor', show: (row) => row.product},
        {label: 'Consumers', number: true, kind: 'second', show: (row) => count(row.consumers)},
        {label: 'Transactions', number: true, kind: 'second', show: (row) => count(row.transactions)},
        {label: 'Holds', number: true, show: (row) => count(row.held)},
        {label: 'Sends', kind: 'second', show: (row) => (row.paused ? 'told to wait' : '')},
        {label: 'Id', number: true, kind: 'minor', show: (row) => String(row.id)},
      ], listed.connections, {key: (row) => String(row.id)}),
      (before.length > 0 || listed.next) && pages(before.length ? 'back' : null, listed.next || null, (to) => {
        before.length && to === 'back' ? after = before.pop() : (before.push(after), after = to);
        page.refresh();
      }, ''),
      el('h2', {}, 'Who holds what'),
      el('div', {class: 'bar'}, el('button', {type: 'button', onclick: whoHolds},
        holders ? 'Look again' : 'Look who holds messages')),
      holders && table(`Consumers that hold messages, of the ${QUEUES_MAX} destinations with the most in flight`, [
        {label: 'Destination', head: true, show: (row) => destinationLink(row.destination.kind, row.destination.name)},
        {label: 'Holds', number: true, show: (row) => count(row.held)},
        {label: 'Oldest', number: true, show: (row) => age(row.oldestHeldMs)},
        {label: 'User', show: (row) => row.user || '(nobody)'},
        {label: 'Client id', kind: 'second', show: (row) => row.clientId},
        {label: 'From', kind: 'second', show: (row) => row.peer},
        {label: 'Connection', number: true, show: (row) => connectionLink(row.connection)},
      ], holders, {none: 'Nobody holds a message.'}),
    ],
  };
}
