// SPDX-License-Identifier: Apache-2.0
// Which messages one consumer holds, below the table in which it was chosen.

import {get} from './api.js';
import {el, table} from './dom.js';
import {age, count, messageLink, pages} from './words.js';

/** So many of each consumer can be asked for. */
const LISTED_MAX = 2048;

/** Knows which consumer was chosen, and shows what it holds. */
export function holder(page) {
  const before = [];
  let chosen = null;
  let after = '';
  let listed = null;

  const same = (about) => chosen && ['kind', 'name', 'group', 'connection', 'consumer']
    .every((each) => (chosen[each] || 0) === (about[each] || 0));

  function choose(about) {
    chosen = same(about) ? null : about;
    before.length = 0;
    after = '';
    listed = null;
    page.refresh();
  }

  return {
    /** How many it holds; a button where there are some. */
    button: (about, held) => (held ? el('button', {
      type: 'button', class: 'small', 'aria-expanded': String(Boolean(same(about))), onclick: () => choose(about),
      'aria-label': `${held} held, show which`,
    }, held.toLocaleString('en')) : count(held)),

    load: async () => {
      if (chosen) {
        const {kind, name, group, connection, consumer} = chosen;
        try {
          listed = await get('held', {kind, name, group, connection, consumer, after});
        } catch (e) {
          if (e.status !== 404) {
            throw e;
          }
          listed = {held: []};
        }
      }
    },

    draw: () => chosen && listed && [
      el('h2', {}, 'What it holds'),
      table(`Held by consumer ${chosen.consumer} of connection ${chosen.connection}, for longest first`, [
        {label: 'Message', head: true, show: (row) => messageLink(chosen.kind, chosen.name, row)},
        {label: 'Offset', number: true, kind: 'second', show: (row) => String(row.offset)},
        {label: 'For', number: true, show: (row) => age(row.sinceMs)},
        {label: 'Delivery', number: true, show: (row) => String(row.delivery)},
        {label: 'State', show: (row) => (row.settling ? 'settling' : 'to be settled')},
      ], listed.held, {key: (row) => String(row.offset), none: 'It holds nothing any more.'}),
      (before.length > 0 || listed.next) && pages(before.length ? 'back' : null, listed.next || null, (to) => {
        to === 'back' ? after = before.pop() : (before.push(after), after = to);
        page.refresh();
      }, chosen.held > LISTED_MAX ? `the first ${count(LISTED_MAX)} of ${count(chosen.held)}` : ''),
    ],
  };
}
