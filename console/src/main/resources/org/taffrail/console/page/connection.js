// SPDX-License-Identifier: Apache-2.0
// One connection: what it consumes with, and what it has not ended.

import {get} from './api.js';
import {disconnect} from './changes.js';
import {el, facts, table} from './dom.js';
import {holder} from './held.js';
import {age, count, destinationLink, pages} from './words.js';

/** The page of a connection: its number is in the address. */
export function connection(page) {
  const [id] = page.parts;
  const held = holder(page);
  const before = [];
  let after = '';
  let shown;

  function how(row) {
    return row.browses ? 'only looks' : row.ended ? 'ended, holds still' : row.exclusive ? 'takes all alone' : 'takes';
  }

  return {
    title: `Connection ${id}`,
    within: 'connections',
    load: async () => {
      shown = await get('connection', {id, after});
      await held.load();
    },
    draw: () => [
      facts([
        ['User', shown.user || '(nobody)'], ['Client id', shown.clientId], ['From', shown.peer], ['Library', shown.product],
        ['Holds', count(shown.held)], ['Sends as producer', String(shown.producer)],
        ['Deliveries', shown.paused ? 'paused: it does not read fast enough' : null]]),
      el('div', {class: 'bar'}, el('button', {type: 'button', class: 'danger',
        onclick: () => disconnect(page, shown)}, 'Disconnect\u2026')),
      el('h2', {}, 'Consumers'),
      table('What it consumes with, and looks with', [
        {label: 'Id', number: true, show: (row) => String(row.id)},
        {label: 'Destination', head: true, show: (row) => [destinationLink(row.kind, row.name),
          row.subscription && el('span', {class: 'tag'}, row.subscription),
          row.temporary && el('span', {class: 'tag'}, 'temporary')]},
        {label: 'Holds', number: true, show: (row) => held.button({
          kind: row.kind, name: row.name, group: row.group, connection: Number(id), consumer: row.id, held: row.held,
        }, row.held)},
        {label: 'Oldest', number: true, show: (row) => age(row.oldestHeldMs)},
        {label: 'Asked for', number: true, kind: 'second', show: (row) => count(row.credit)},
        {label: 'Selector', kind: 'minor', show: (row) => row.selector},
        {label: 'How', kind: 'second', show: how},
      ], shown.consumerList, {key: (row) => String(row.id), none: 'It consumes nothing.'}),
      (before.length > 0 || shown.next) && pages(before.length ? 'back' : null, shown.next || null, (to) => {
        to === 'back' ? after = before.pop() : (before.push(after), after = to);
        page.refresh();
      }, ''),
      held.draw(),
      el('h2', {}, 'Transactions'),
      table('Begun and not ended', [
        {label: 'Id', number: true, head: true, show: (row) => String(row.id)},
        {label: 'Messages sent', number: true, show: (row) => count(row.sends)},
        {label: 'Messages accepted', number: true, show: (row) => count(row.accepts)},
      ], shown.transactionList, {key: (row) => String(row.id), none: 'None.'}),
    ],
  };
}
