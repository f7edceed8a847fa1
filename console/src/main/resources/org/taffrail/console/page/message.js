// SPDX-License-Identifier: Apache-2.0
// One message: headers, properties, and the body by its type.

import {get} from './api.js';
import {el, facts, table} from './dom.js';
import {bytes, destinationLink, when} from './words.js';
import {actions} from './changes.js';

const HEX_BYTES_MAX = 4096;

/** The page of a message: its kind, destination and offset are in the address. */
export function message(page) {
  const [kind, name, offset] = page.parts;
  let shown = null;
  let full = false;

  async function load() {
    // what is in the log does not change
    shown = shown || await get('message', {kind, name, offset, full: full || undefined});
  }

  function all() {
    full = true;
    shown = null;
    page.refresh();
  }

  return {
    title: `Message ${offset} of ${name}`,
    within: 'destinations',
    load,
    draw: () => [
      el('p', {}, 'In ', kind, ' ', destinationLink(kind, name)),
      actions(page, {kind, name, offset: Number(offset), dead: Boolean(shown.death && shown.death.reason)}),
      shown.death && shown.death.reason && [el('h2', {}, 'Why it died'), facts([
        ['Reason', shown.death.reason], ['Deliveries', shown.death.count], ['Came from', shown.death.from],
        ['Died', exactly(shown.death.time)]])],
      el('h2', {}, 'Headers'),
      facts([
        ['Message id', shown.messageId], ['Correlation id', shown.correlationId || shown.correlationBytes],
        ['Sent', exactly(shown.timestamp)], ['Came in', exactly(shown.appended)], ['Expires', exactly(shown.expiration)],
        ['Delivered from', exactly(shown.deliveryTime)], ['Priority', String(shown.priority)],
        ['Persistent', shown.persistent ? 'yes' : 'no'], ['Type', shown.type], ['Reply to', shown.replyTo],
        ['Group', shown.groupId], ['User', shown.userId], ['Offset', String(shown.offset)]]),
      el('h2', {}, 'Body'),
      el('p', {}, shown.bodyType, ', ', bytes(shown.bodyBytes)),
      body(shown),
      !full && /\.\.\. \(\d+ characters, --full shows all\)$/.test(shown.body || '')
        && el('div', {class: 'bar'}, el('button', {type: 'button', onclick: all}, 'Show all of it')),
      el('h2', {}, 'Properties'),
      table('Those that begin with JMS_TAFFRAIL are the broker\'s', [
        {label: 'Name', head: true, show: ([property]) => property},
        {label: 'Value', show: ([, value]) => String(value)},
      ], Object.entries(shown.properties), {key: ([property]) => property}),
    ],
  };
}

function exactly(time) {
  return time && [time, ' (', when(time), ')'];
}

function body({bodyType, body: text}) {
  if (text === undefined) {
    return el('p', {class: 'none'}, 'There is none.');
  }
  if (bodyType === 'bytes' || bodyType === 'object') {
    return el('pre', {'data-body': true}, dump(text));
  }
  return el('pre', {'data-body': true}, pretty(text));
}

/** JSON is shown with line ends; what is none, or would change by that, as it is. */
function pretty(text) {
  if (!/^\s*[{[]/.test(text)) {
    return text;
  }
  try {
    const value = JSON.parse(text);
    const plain = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (all, string) => string || '');
    return JSON.stringify(value) === plain ? JSON.stringify(value, null, 2) : text;
  } catch (e) {
    return text;
  }
}

/** Bytes as numbers and letters. */
function dump(base64) {
  let binary;
  try {
    binary = atob(base64.replace(/\.\.\. \(.*$/, '').replace(/=*$/, '').replace(/^((?:.{4})*).$/, '$1'));
  } catch (e) {
    return base64;
  }
  const lines = [];
  for (let at = 0; at < Math.min(binary.length, HEX_BYTES_MAX); at += 16) {
    const part = [...binary.slice(at, at + 16)];
    const hex = part.map((each) => each.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((each) => (each >= ' ' && each <= '~' ? each : '.')).join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${letters}`);
  }
  if (binary.length > HEX_BYTES_MAX) {
    lines.push(`and ${binary.length - HEX_BYTES_MAX} more bytes`);
  }
  return lines.join('\n');
}
