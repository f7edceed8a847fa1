// SPDX-License-Identifier: Apache-2.0
// One destination: its figures, who consumes, and its messages.

import {get} from './api.js';
import {close, move, open, purge, remove, replay, reset, send} from './changes.js';
import {groupName} from './destinations.js';
import {el, facts, sparkline, table, tiles} from './dom.js';
import {holder} from './held.js';
import {age, bad, bytes, connectionLink, count, href, messageLink, pages, rate, when} from './words.js';

const LIMIT = 25;

/** Where one of these is another, other messages are to be seen. */
const MOVING = ['depth', 'ready', 'in', 'accepted', 'removed', 'expired', 'deadLettered'];

/** How messages are shown in a table. */
export function messageColumns(kind, name) {
  return [
    {label: 'Message', head: true, show: (row) => messageLink(kind, name, row)},
    {label: 'Sent', show: (row) => when(row.timestamp)},
    {label: 'Priority', number: true, kind: 'minor', show: (row) => String(row.priority)},
    {label: 'Body', look: 'excerpt', show: (row) => (row.body === undefined ? '' : row.body.slice(0, 160))},
    {label: 'Type', kind: 'second', show: (row) => row.bodyType},
    {label: 'Size', number: true, kind: 'second', show: (row) => bytes(row.bodyBytes)},
  ];
}

/** Asks for one by its name, which as a pattern must mean no other. */
function plain(name) {
  return /^[\w.-]+$/.test(name) ? {pattern: name} : {containing: name};
}

/** The page of a destination: its kind and name are in the address. */
export function destination(page) {
  const [kind, name] = page.parts;
  const search = {messageId: '', correlationId: '', selector: '', from: '', to: ''};
  const held = holder(page);
  const before = [];
  let shown;
  let sampled = null;
  let found = null;
  let at = 0;
  const consumersBefore = [];
  let consumersOf = kind === 'queue' ? 0 : null;
  let consumersAt = '';
  let consumers = {consumers: []};

  const searching = () => Object.values(search).some(Boolean);

  async function look() {
    found = searching()
      ? await get('search', {kind, name, ...search, limit: 100})
      : await get('messages', {kind, name, limit: LIMIT, [kind === 'queue' ? 'after' : 'from']: at || undefined});
  }

  async function load() {
    const [one, list] = await Promise.all([
      get('destination', {kind, name}), get('destinations', {kind, ...plain(name), limit: 100})]);
    if (kind === 'queue' && !consumersAt) {
      consumers = {consumers: one.consumerList, next: one.consumersNext};
    } else if (consumersOf !== null) {
      consumers = await get('consumers', {kind, name, group: consumersOf, after: consumersAt});
    }
    await held.load();
    if (!found || at === 0 && !searching() && MOVING.some((each) => shown[each] !== one[each])) {
      await look();
    }
    shown = one;
    sampled = list.destinations.find((each) => each.name === name) || null;
  }

  async function again() {
    try {
      await look();
      page.paint();
    } catch (e) {
      page.say(e.message, true);
    }
  }

  /** Does something, and shows what the messages are after it. */
  function act(what, more = {}) {
    return async () => {
      if (await what(page, {kind, name, depth: shown.depth, ...more})) {
        await again();
      }
    };
  }

  function button(text, what, look2) {
    return el('button', {type: 'button', class: look2, onclick: act(what)}, text);
  }

  function bar() {
    return el('div', {class: 'bar'},
      button('Send\u2026', send, 'main'),
      kind === 'queue' && [button('Move\u2026', move), button('Purge\u2026', purge, 'danger')],
      button('Replay\u2026', replay),
      shown.closed ? button('Open to senders\u2026', open) : button('Close to senders\u2026', close), button('Delete\u2026', remove, 'danger'),
      shown.deadLetters && el('a', {href: href(['dead-letters', name])}, 'Go through its dead letters'));
  }

  function figures() {
    return tiles([
      ['Depth', count(shown.depth)], ['Ready', count(shown.ready)], ['In flight', count(shown.held)],
      ['Waiting', count(shown.waiting)], ['Oldest', age(shown.oldestMs) || '\u2013'],
      ['In', sampled ? [rate(sampled.inRate), ' /s'] : '\u2013'], ['Out', sampled ? [rate(sampled.outRate), ' /s'] : '\u2013'],
      ['Redelivered', count(shown.redelivered)], ['Dead-lettered', bad(shown.deadLettered)],
      ['Expired', count(shown.expired)], ['Consumers', count(shown.consumers)],
      ['Depth lately', (sampled && sparkline(sampled.depths)) || '\u2013']]);
  }

  function groups() {
    return [el('h2', {}, 'Subscriptions'), table('Each gets all messages', [
      {label: 'Name', head: true, show: groupName},
      {label: 'Lag', number: true, show: (row) => count(row.depth)},
      {label: 'In flight', number: true, kind: 'second', show: (row) => count(row.held)},
      {label: 'Waiting', number: true, kind: 'minor', show: (row) => count(row.waiting)},
      {label: 'Oldest', number: true, show: (row) => age(row.oldestMs)},
      {label: 'Redelivered', number: true, kind: 'minor', show: (row) => count(row.redelivered)},
      {label: 'Dead-lettered', number: true, kind: 'minor', show: (row) => bad(row.deadLettered)},
      {label: 'Selector', kind: 'minor', show: (row) => row.selector},
      {label: 'Do', show: (row) => [
        ['Consumers', () => {
          consumersOf = consumersOf === row.id ? null : row.id;
          consumersAt = '';
          consumersBefore.length = 0;
          page.refresh();
        }],
        ['From\u2026', act(reset, {group: row.id, of: row.name || 'it'})],
        ['Purge\u2026', act(purge, {group: row.id, depth: row.depth, of: `subscription ${row.name || row.id}`})],
      ].map(([text, onclick]) => [el('button', {type: 'button', class: 'small', onclick}, text), ' '])},
    ], shown.groupList, {key: (row) => String(row.id), none: 'Nobody is subscribed.'}),
    shown.groupsNext && el('p', {}, 'There are more; bin/taffrail group list shows them.')];
  }

  function consumerTable(caption) {
    return [table(caption, [
      {label: 'User', head: true, show: (row) => (row.ended ? '(ended)' : row.user || '(nobody)')},
      {label: 'Client id', kind: 'second', show: (row) => row.clientId},
      {label: 'Holds', number: true, show: (row) => held.button({
        kind, name, group: row.group, connection: row.connection, consumer: row.id, held: row.held,
      }, row.held)},
      {label: 'Oldest', number: true, show: (row) => age(row.oldestHeldMs)},
      {label: 'From', kind: 'second', show: (row) => row.peer},
      {label: 'Asked for', number: true, kind: 'minor', show: (row) => count(row.credit)},
      {label: 'Selector', kind: 'minor', show: (row) => row.selector},
      {label: 'State', kind: 'second', show: (row) => [row.ended && 'holds still ', row.paused && 'paused ', row.exclusive && 'alone']},
      {label: 'Connection', number: true, show: (row) => (row.peer
        ? connectionLink(row.connection) : String(row.connection))},
    ], consumers.consumers, {key: (row) => `${row.connection} ${row.id}`, none: 'Nobody consumes.'}),
    (consumersBefore.length > 0 || consumers.next) && pages(consumersBefore.length ? 'back' : null, consumers.next || null, (to) => {
      to === 'back' ? consumersAt = consumersBefore.pop() : (consumersBefore.push(consumersAt), consumersAt = to);
      page.refresh();
    }, '')];
  }

  function searchBar() {
    const field = (key, label, placeholder) => el('label', {}, label,
      el('input', {name: key, value: search[key], placeholder, 'data-filter': key === 'messageId'}));
    return el('form', {
      class: 'bar',
      onsubmit: (event) => {
        event.preventDefault();
        for (const key of Object.keys(search)) {
          search[key] = event.target.elements.namedItem(key).value.trim();
        }
        at = 0;
        before.length = 0;
        again();
      },
    },
    field('messageId', 'Message id', 'ID:\u2026'), field('correlationId', 'Correlation id'),
    field('selector', 'Selector', "region = 'north'"), field('from', 'From', '-PT1H or a time'),
    field('to', 'To', 'a time'),
    el('button', {}, 'Search'),
    searching() && el('button', {
      type: 'button',
      onclick: (event) => {
        const {form} = event.target;
        form.querySelectorAll('input').forEach((each) => {
          each.value = '';
        });
        form.requestSubmit();
      },
    }, 'Clear'));
  }

  function messages() {
    const next = found.nextAfter ?? found.nextFrom ?? null;
    const caption = searching()
      ? `Found in the log, consumed or not${found.complete ? '' : '; there may be more'}`
      : kind === 'queue' ? 'Ready, in the order of delivery' : 'As far as they are kept';
    return [
      el('h2', {}, 'Messages'), searchBar(),
      table(caption, messageColumns(kind, name), found.messages, {key: (row) => String(row.offset), none: 'None.'}),
      !searching() && pages(before.length ? 'back' : null, next, (to) => {
        to === 'back' ? at = before.pop() : (before.push(at), at = to);
        again();
      }, kind === 'queue' && found.messages.length
        ? `${before.length * LIMIT + 1} to ${before.length * LIMIT + found.messages.length}` : ''),
    ];
  }

  return {
    title: name,
    within: 'destinations',
    load,
    draw: () => [
      el('p', {}, kind, shown.temporary && ', temporary', shown.deadLetters && ', collects dead letters',
        shown.closed && ', closed to senders'),
      bar(), figures(),
      kind === 'topic' && groups(),
      kind === 'queue' && [el('h2', {}, 'Consumers'), consumerTable('Who gets its messages')],
      kind === 'topic' && consumersOf !== null && consumerTable('Consumers of the subscription'),
      held.draw(),
      messages(),
      el('h2', {}, 'Policy'),
      facts([
        ['Deliveries at most', shown.deliveriesMax && String(shown.deliveriesMax)],
        ['Dead letters go to', shown.deadLetterQueue], ['Expired go to', shown.expiryQueue],
        ['Log', `offsets ${shown.firstNeeded} to ${shown.end}, ${bytes(shown.bytesIn)} in since start`]]),
    ],
  };
}
