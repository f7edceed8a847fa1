// SPDX-License-Identifier: Apache-2.0
// Dead letters: why they died, and what is to become of them.

import {get, outcome, post} from './api.js';
import {each, perform} from './changes.js';
import {el, table} from './dom.js';
import {age, count, href, messageLink, messages as inWords, pages, when} from './words.js';

const LIMIT = 50;

/** The page of dead-letter queues, and of one of them where the address names it. */
export function deadLetters(page) {
  return page.parts.length ? letters(page, page.parts[0]) : queues(page);
}

function queues(page) {
  let listed;
  let skip = 0;
  return {
    title: 'Dead letters',
    load: async () => {
      listed = await get('destinations', {deadLetters: true, sort: 'depth', descending: true, skip, limit: LIMIT});
    },
    draw: () => [
      table('Queues that collect dead letters', [
        {label: 'Queue', head: true, show: (row) => el('a', {href: href(['dead-letters', row.name])}, row.name)},
        {label: 'Waiting', number: true, show: (row) => count(row.depth)},
        {label: 'Oldest', number: true, show: (row) => age(row.oldestMs, listed.takenMs)},
        {label: 'Came in', number: true, kind: 'second', show: (row) => count(row.in)},
        {label: 'Consumers', number: true, kind: 'second', show: (row) => count(row.consumers)},
      ], listed.destinations, {key: (row) => row.name, none: 'No message has died yet.'}),
      listed.found > LIMIT && pages(skip ? skip - LIMIT : null, skip + LIMIT < listed.found ? skip + LIMIT : null, (to) => {
        skip = to;
        page.refresh();
      }, `${skip + 1} to ${Math.min(skip + LIMIT, listed.found)}`),
    ],
  };
}

function letters(page, name) {
  const about = {kind: 'queue', name};
  const chosen = new Set();
  let shown;
  let depth;
  let after = '';
  const before = [];

  async function load() {
    const [found, one] = await Promise.all([
      get('messages', {...about, after, limit: LIMIT}), get('destination', about)]);
    shown = found;
    depth = one.depth;
    const there = new Set(found.messages.map((row) => row.offset));
    for (const offset of chosen) {
      there.has(offset) || chosen.delete(offset);
    }
  }

  function go(what, offsets) {
    const retry = what === 'retry';
    const all = offsets === null;
    const n = inWords(all ? depth : offsets.length);
    return perform(page, {
      title: `${retry ? 'Retry' : 'Discard'} ${n} of ${name}?`,
      text: retry ? `${n} will be sent back to where each came from.` : `${n} will be removed for good.`,
      confirm: `${retry ? 'Retry' : 'Discard'} ${n}`, danger: !retry,
      submit: async () => (all
        ? outcome(retry ? 'Sent back' : 'Discarded', await post(what, {...about, all: true}))
        : each(what, about, offsets)),
    });
  }

  function choose(offset) {
    chosen.has(offset) ? chosen.delete(offset) : chosen.add(offset);
    page.paint();
  }

  function bar() {
    const some = [...chosen];
    const button = (text, what, offsets, disabled, look) => el('button',
      {type: 'button', class: look, disabled, onclick: () => go(what, offsets)}, text);
    return el('div', {class: 'bar'},
      button(`Retry selected (${some.length})`, 'retry', some, !some.length),
      button(`Discard selected (${some.length})`, 'discard', some, !some.length, 'danger'),
      button('Retry all\u2026', 'retry', null, !depth),
      button('Discard all\u2026', 'discard', null, !depth, 'danger'));
  }

  return {
    title: `Dead letters in ${name}`,
    within: 'dead-letters',
    load,
    draw: () => [
      bar(),
      table(`${inWords(depth)} waiting`, [
        {label: el('span', {'aria-label': 'Selected'}, '\u2713'), show: (row) => el('input', {
          type: 'checkbox', 'aria-label': `Select message ${row.offset}`, checked: chosen.has(row.offset),
          onchange: () => choose(row.offset)})},
        {label: 'Reason', head: true, show: (row) => (row.death && row.death.reason) || 'not known'},
        {label: 'Deliveries', number: true, kind: 'second', show: (row) => row.death && count(row.death.count)},
        {label: 'Came from', kind: 'second', show: (row) => row.death && row.death.from},
        {label: 'Died', kind: 'second', show: (row) => when((row.death && row.death.time) || row.appended)},
        {label: 'Message', show: (row) => [messageLink('queue', name, row),
          el('div', {class: 'excerpt'}, row.body === undefined ? '' : row.body.slice(0, 120))]},
        {label: 'Do', show: (row) => [
          el('button', {type: 'button', class: 'small', onclick: () => go('retry', [row.offset])}, 'Retry'), ' ',
          el('button', {type: 'button', class: 'small danger', onclick: () => go('discard', [row.offset])}, 'Discard')]},
      ], shown.messages, {key: (row) => String(row.offset), none: 'No dead letter is waiting here.'}),
      pages(before.length ? 'back' : null, shown.nextAfter ?? null, (to) => {
        to === 'back' ? after = before.pop() : (before.push(after), after = to);
        page.refresh();
      }, shown.messages.length
        ? `${before.length * LIMIT + 1} to ${before.length * LIMIT + shown.messages.length}` : ''),
    ],
  };
}
