// SPDX-License-Identifier: Apache-2.0
// Which page is shown, and when it is asked for anew. Read this file first: each page is `load` and `draw`.

import {get} from './api.js';
import {connection} from './connection.js';
import {connections} from './connections.js';
import {deadLetters} from './dead.js';
import {destination} from './destination.js';
import {destinations} from './destinations.js';
import {el, morph} from './dom.js';
import {message} from './message.js';
import {overview} from './overview.js';

const REFRESH_MS = 2000;

const main = document.getElementById('main');
const trouble = document.getElementById('trouble');
const said = document.getElementById('said');
const taken = document.getElementById('taken');
const pause = document.getElementById('pause');

let page = null;
let busy = false;
let paused = false;
let timer = 0;
let parting = '';

const PAGES = {
  '': overview, destinations, destination, message, connection, connections, 'dead-letters': deadLetters,
};

function address() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?', 2);
  try {
    const [name, ...parts] = path.split('/').map(decodeURIComponent);
    return {name, parts, parameters: new URLSearchParams(query || '')};
  } catch (e) {
    return {name: 'nowhere', parts: [], parameters: new URLSearchParams()};
  }
}

function nowhere() {
  return {title: 'Nothing here', load: async () => {}, draw: () => el('p', {}, 'There is no such page.')};
}

function open(event) {
  const {name, parts, parameters} = address();
  const make = Object.hasOwn(PAGES, name) ? PAGES[name] : nowhere;
  const mine = {
    parts, parameters, say, leave, paint: () => page === mine && paint(), refresh: () => page === mine && refresh(true),
  };
  Object.assign(mine, make(mine));
  page = mine;
  document.querySelector('dialog')?.close(); // its question is about what is not shown any more
  say(parting);
  parting = '';
  document.title = `${mine.title} - Taffrail`;
  for (const link of document.querySelectorAll('nav a')) {
    const current = link.getAttribute('href') === `#/${mine.within ?? name}`;
    current ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
  main.replaceChildren(heading(mine), el('p', {}, 'Loading\u2026'));
  if (event) {
    main.querySelector('h1').focus();
    scrollTo(0, 0);
  }
  refresh(true);
}

function heading(mine) {
  return el('h1', {tabindex: -1}, mine.title);
}

function paint() {
  morph(main, el('main', {id: 'main', tabindex: -1}, heading(page), page.draw()));
}

/** Says what came of something that was done, or why it was not. */
function say(text, isTrouble) {
  (isTrouble ? trouble : said).textContent = text;
  (isTrouble ? said : trouble).textContent = '';
  trouble.dataset.kept = String(Boolean(isTrouble));
}

/** Goes to another page and says there what was done. */
function leave(hash, text) {
  parting = text;
  location.hash = hash;
}

async function refresh(now) {
  if (busy && !now) {
    return;
  }
  const mine = page;
  busy = true;
  clearTimeout(timer);
  try {
    await mine.load();
    if (page === mine) {
      if (trouble.dataset.kept !== 'true') {
        trouble.textContent = '';
      }
      taken.textContent = new Date().toLocaleTimeString();
      paint();
    }
  } catch (e) {
    if (page === mine && trouble.textContent !== e.message) {
      trouble.dataset.kept = 'false';
      trouble.textContent = e.message;
    }
  } finally {
    if (page === mine) {
      busy = false;
      plan();
    }
  }
}

function plan() {
  clearTimeout(timer);
  if (!paused && !document.hidden) {
    timer = setTimeout(refresh, REFRESH_MS, false);
  }
}

pause.onclick = () => {
  paused = !paused;
  pause.setAttribute('aria-pressed', String(paused));
  pause.textContent = paused ? 'Resume' : 'Pause';
  paused ? clearTimeout(timer) : refresh(true);
};
document.getElementById('skip').onclick = () => main.focus();
document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : paused || refresh(false)));
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea, dialog');
  const filter = main.querySelector('[data-filter]');
  if (event.key === '/' && !typing && filter && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    filter.focus();
  }
});
addEventListener('hashchange', open);
open();
get('overview').then((glance) => {
  document.getElementById('stage').textContent = glance.product;
  if (glance.partial) { // who manages some destinations is not told who else is connected
    document.documentElement.dataset.partial = '';
    document.querySelector('nav a[href="#/connections"]').hidden = true;
  }
}, () => {});
