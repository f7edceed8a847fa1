// SPDX-License-Identifier: Apache-2.0
// What can be done to a destination and its messages; each asks first and says what will happen.

import {get, outcome, post} from './api.js';
import {ask, el} from './dom.js';
import {messages} from './words.js';

const TEXT = 'a text';
const BASE64 = 'bytes, written in Base64';
const CHUNK_BYTES = 8192;

/** Asks, does it, says what came of it, and shows the page anew. */
export async function perform(page, question) {
  const said = await ask(question);
  if (said) {
    await page.refresh(); // first, so that whoever reads what was done finds figures that know of it
    page.say(said);
  }
  return said;
}

function which(values) {
  if (values.selector || values.limit) {
    return {selector: values.selector || undefined, limit: values.limit ? Number(values.limit) : undefined};
  }
  return {all: true};
}

const TARGET = {
  name: 'to', label: 'To the queue, which must be there', required: true,
  suggest: async (typed) => (await get('destinations', {kind: 'queue', containing: typed, limit: 20}))
    .destinations.map((each) => each.name),
};
const SELECTOR = {name: 'selector', label: 'Only those that a selector selects', placeholder: "region = 'north'"};
const LIMIT = {name: 'limit', label: 'At most so many, the oldest first', type: 'number', min: 1};

/** Has what is sent to a destination wait. */
export function close(page, {kind, name}) {
  return perform(page, {
    title: `Close ${kind} ${name} to senders?`, confirm: 'Close to senders', fields: [],
    text: 'What is sent to it waits in the broker until it is opened again, or the broker stops. Consumers go on.',
    submit: async () => {
      await post('close', {kind, name});
      return `Closed ${kind} ${name} to senders.`;
    },
  });
}

/** Lets go on what waits to be sent to a destination. */
export function open(page, {kind, name}) {
  return perform(page, {
    title: `Open ${kind} ${name} to senders?`, confirm: 'Open to senders', fields: [],
    text: 'What waits to be sent to it goes on, in its order.',
    submit: async () => {
      const {done} = await post('open', {kind, name});
      return done ? `Opened ${kind} ${name} to senders.`
        : `It was closed by a pattern, and stays so: taffrail ${kind} open PATTERN`;
    },
  });
}

/** Asks for a message and sends it. */
export function send(page, {kind, name}) {
  return perform(page, {
    title: `Send a message to ${kind} ${name}`, confirm: 'Send',
    fields: [
      {name: 'body', label: 'Body', type: 'textarea'},
      {name: 'as', label: 'The body is', type: 'select', options: [TEXT, BASE64]},
      {name: 'file', label: 'Or the bytes of a file', type: 'file'},
      {name: 'properties', label: 'Properties, one a line', type: 'textarea', placeholder: 'region=north',
        hint: 'name=value; numbers, true and false are sent as such, what stands in "" is a text'},
      {name: 'priority', label: 'Priority', type: 'number', min: 0, max: 9, value: '4', required: true},
      {name: 'timeToLive', label: 'Time to live, seconds', type: 'number', min: 0, hint: 'empty: for ever'},
      {name: 'delay', label: 'Delivered after, seconds', type: 'number', min: 0},
      {name: 'correlationId', label: 'Correlation id'},
      {name: 'type', label: 'Type'},
      {name: 'group', label: 'Group', hint: 'messages of one group (JMSXGroupID) go to one consumer, in their order'},
      {name: 'persistent', label: 'Persistent', type: 'checkbox', value: true},
    ],
    submit: async (values) => {
      const sent = await post('send', {
        kind, name, ...await body(values), properties: properties(values.properties), priority: Number(values.priority),
        persistent: values.persistent, timeToLiveMs: values.timeToLive ? Number(values.timeToLive) * 1000 : undefined,
        deliveryDelayMs: values.delay ? Number(values.delay) * 1000 : undefined,
        correlationId: values.correlationId || undefined, type: values.type || undefined, group: values.group || undefined,
      });
      return `Sent ${sent.messageId}.`;
    },
  });
}

/** The body as the API takes it: a text, or bytes. */
async function body({body: typed, as, file}) {
  if (file && typed) {
    throw new Error('Either a body or a file.');
  }
  if (file) {
    return {base64: await base64(file)};
  }
  return as === BASE64 ? {base64: typed.replace(/\s+/g, '')} : {body: typed};
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  }
  return btoa(binary);
}

function properties(text) {
  const found = {};
  for (const line of text.split('\n').filter((each) => each.trim())) {
    const equals = line.indexOf('=');
    if (equals < 1) {
      throw new Error(`'${line}' is not name=value`);
    }
    found[line.slice(0, equals).trim()] = value(line.slice(equals + 1).trim());
  }
  return found;
}

function value(text) {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text) {
    return Number(text);
  }
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}

/** Removes messages of a queue, or of one group of a topic. */
export function purge(page, {kind, name, group, depth, of = `${kind} ${name}`}) {
  return perform(page, {
    title: `Purge ${of}?`, danger: true, confirm: `Purge ${messages(depth)}`,
    text: `${messages(depth)} of ${of} will be removed for good, unless less is said here. What consumers hold stays.`,
    fields: [SELECTOR, LIMIT],
    submit: async (values) => outcome('Purged', await post('purge', {kind, name, group, ...which(values)})),
  });
}

/** Moves messages to another queue. */
export function move(page, {kind, name, group, depth, of = `${kind} ${name}`}) {
  return perform(page, {
    title: `Move messages of ${of}`, confirm: 'Move',
    text: `It has ${messages(depth)}. All of them are moved, unless less is said here; what consumers hold stays.`,
    fields: [TARGET, SELECTOR, LIMIT],
    submit: async (values) => outcome('Moved', await post('move', {kind, name, group, to: values.to, ...which(values)})),
  });
}

/** Puts kept messages, consumed or not, into another queue. */
export function replay(page, {kind, name}) {
  return perform(page, {
    title: `Replay ${kind} ${name}`, confirm: 'Replay',
    text: 'Messages that the log keeps, consumed or not, are put into another queue once more.',
    fields: [
      TARGET,
      {name: 'start', label: 'From', value: 'earliest', required: true,
        hint: 'earliest, an offset, a time such as 2026-01-31T08:00:00Z, or how long ago: -PT1H'},
      SELECTOR, LIMIT,
    ],
    submit: async (values) => outcome('Replayed', await post('replay', {
      kind, name, to: values.to, start: values.start, selector: values.selector || undefined,
      limit: values.limit ? Number(values.limit) : undefined,
    })),
  });
}

/** Lets a subscription begin at another place. */
export function reset(page, {name, group, of}) {
  return perform(page, {
    title: `Set where ${of} goes on`, danger: true, confirm: 'Set',
    text: 'What comes before that place it will not get; what comes after it, it gets once more.',
    fields: [{name: 'start', label: 'From', value: 'earliest', required: true,
      hint: 'earliest, latest, an offset, a time such as 2026-01-31T08:00:00Z, or how long ago: -PT1H'}],
    submit: async (values) => {
      await post('reset', {name, group, start: values.start});
      return `${of} goes on from ${values.start}.`;
    },
  });
}

/** Deletes a destination. */
export function remove(page, {kind, name, depth}) {
  return perform(page, {
    title: `Delete ${kind} ${name}?`, danger: true, confirm: `Delete ${kind}`,
    text: depth ? `It still has ${messages(depth)}: say that they are to go with it, or it is refused.` : 'It is empty.',
    fields: [{name: 'force', label: 'With its messages and subscriptions', type: 'checkbox'}],
    submit: async (values) => {
      await post('delete', {kind, name, force: values.force});
      page.leave('#/destinations', `Deleted ${kind} ${name}.`);
    },
  });
}

/** Ends a connection. */
export function disconnect(page, {id, user, peer, held}) {
  const whose = `${user || 'a client without a user'} at ${peer}`;
  return perform(page, {
    title: `Disconnect ${whose}?`, danger: true, confirm: 'Disconnect',
    text: `Connection ${id} is ended. What it holds (${messages(held)}) goes to others, and may have been processed; `
      + 'what it has begun is rolled back, what is prepared stays. A client that fails over connects again.',
    fields: [{name: 'reason', label: 'What its client is told', maxlength: 200}],
    submit: async ({reason}) => {
      const {done} = await post('disconnect', {id, reason: reason || undefined});
      page.leave('#/connections', done ? `Disconnected ${whose}.` : `Connection ${id} was gone already.`);
    },
  });
}

/** Retries or discards dead letters one by one; says how far it came. */
export async function each(what, {kind, name}, offsets) {
  const sum = {done: 0, held: 0};
  for (const offset of offsets) {
    const one = await post(what, {kind, name, offset});
    sum.done += one.done || 0;
    sum.held += one.held || 0;
    sum.why = one.why || sum.why;
  }
  return outcome(what === 'retry' ? 'Sent back' : 'Discarded', sum);
}

/** The buttons for one message. */
export function actions(page, {kind, name, offset, dead}) {
  if (kind !== 'queue') {
    return null;
  }
  const one = `message ${offset} of queue ${name}`;
  return el('div', {class: 'bar'},
    dead && el('button', {type: 'button', class: 'main', onclick: () => perform(page, {
      title: `Send ${one} back?`, confirm: 'Retry', text: 'It goes to where it came from.',
      submit: () => each('retry', {kind, name}, [offset]),
    })}, 'Retry'),
    el('button', {type: 'button', onclick: () => perform(page, {
      title: `Move ${one}`, confirm: 'Move', fields: [TARGET],
      submit: async ({to}) => outcome('Moved', await post('move', {kind, name, offset, to})),
    })}, 'Move\u2026'),
    el('button', {type: 'button', class: 'danger', onclick: () => perform(page, {
      title: `Discard ${one}?`, danger: true, confirm: 'Discard 1 message', text: 'It will be removed for good.',
      submit: () => each('discard', {kind, name}, [offset]),
    })}, 'Discard\u2026'));
}
