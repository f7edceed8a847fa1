// SPDX-License-Identifier: Apache-2.0
// Numbers with units, times, and addresses within the console.

import {el} from './dom.js';

/** So much of a message id is shown on a phone. */
const TAIL_CHARS = 6;

/** A count; 0 is faint. */
export function count(value) {
  return value ? value.toLocaleString('en') : el('span', {class: 'zero'}, value === undefined ? '' : '0');
}

/** A count that should be 0. */
export function bad(value) {
  return value ? el('span', {class: 'bad'}, value.toLocaleString('en')) : count(value);
}

/** So many in words. */
export function messages(n) {
  return n === 1 ? '1 message' : `${n.toLocaleString('en')} messages`;
}

/** Messages a second. */
export function rate(value) {
  if (!value) {
    return el('span', {class: 'zero'}, '0');
  }
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

/** Bytes, with a unit. */
export function bytes(value) {
  if (value === undefined) {
    return undefined;
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  let n = value;
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${unit === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[unit]}`;
}

/** Microseconds, with a unit. */
export function micros(value) {
  if (value >= 1e6) {
    return `${(value / 1e6).toFixed(1)} s`;
  }
  return value >= 1000 ? `${(value / 1000).toFixed(value < 10000 ? 2 : 1)} ms` : `${Math.round(value)} \u00b5s`;
}

function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 120) {
    return `${s} s`;
  }
  if (s < 7200) {
    return `${Math.floor(s / 60)} min`;
  }
  return s < 172800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} d`;
}

/** How old something is, with the exact time where the pointer rests. */
export function age(ms, nowMs) {
  if (!(ms > 0)) {
    return null;
  }
  const exact = new Date(ms).toISOString();
  return el('time', {datetime: exact, title: exact}, span((nowMs || Date.now()) - ms));
}

/** When something happened or will, in relation to now. */
export function when(text) {
  const ms = text ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) {
    return text || null;
  }
  const ago = Date.now() - ms;
  return el('time', {datetime: text, title: text}, ago >= 0 ? `${span(ago)} ago` : `in ${span(-ago)}`);
}

/** The address of a page of the console. */
export function href(parts, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${text ? '?' + text : ''}`;
}

/** A link to a destination. */
export function destinationLink(kind, name) {
  return el('a', {href: href(['destination', kind, name])}, name);
}

/** A link to a connection, for who may see all of them. */
export function connectionLink(id, text = String(id)) {
  return id && !('partial' in document.documentElement.dataset) ? el('a', {href: href(['connection', id])}, text) : text;
}

/** A link to a message. */
export function messageLink(kind, name, message) {
  return el('a', {href: href(['message', kind, name, message.offset]), class: 'id'},
    message.messageId
      ? [el('span', {class: 'second'}, message.messageId.slice(0, -TAIL_CHARS)), message.messageId.slice(-TAIL_CHARS)]
      : `offset ${message.offset}`);
}

/** A table's pages before and after the one that is shown. */
export function pages(before, after, go, text) {
  return el('div', {class: 'bar'},
    el('button', {type: 'button', disabled: before === null, onclick: () => go(before)}, 'Previous'),
    el('button', {type: 'button', disabled: after === null, onclick: () => go(after)}, 'Next'),
    el('span', {}, text));
}
