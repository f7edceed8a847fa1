// SPDX-License-Identifier: Apache-2.0
// Makes and changes what is shown. What comes from a broker becomes text and attributes, never markup.

const SVG = new Set(['svg', 'polyline']);
const HANDLERS = ['onclick', 'oninput', 'onchange', 'onsubmit'];

/** Makes an element. Functions among the attributes are handlers; null, undefined and false are left out. */
export function el(name, attributes, ...children) {
  const node = SVG.has(name)
    ? document.createElementNS('http://www.w3.org/2000/svg', name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') {
      node[key] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? '' : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
  return node;
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null;
}

function alike(old, fresh) {
  return old.nodeName === fresh.nodeName && keyOf(old) === keyOf(fresh);
}

/** Makes an element that is shown like another one, and keeps what did not change: focus, what was typed or ticked. */
export function morph(old, fresh) {
  const focused = document.activeElement;
  patch(old, fresh);
  if (focused && focused !== document.activeElement && focused.isConnected) {
    focused.focus({preventScroll: true});
  }
}

function patch(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) {
      old.data = fresh.data;
    }
    return;
  }
  for (const {name} of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== 'open') {
      old.removeAttribute(name);
    }
  }
  for (const {name, value} of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value && name !== 'open') {
      old.setAttribute(name, value);
    }
  }
  for (const handler of HANDLERS) {
    old[handler] = fresh[handler];
  }
  const keyed = new Map();
  for (const child of old.childNodes) {
    if (keyOf(child) !== null) {
      keyed.set(keyOf(child), child);
    }
  }
  let at = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const key = keyOf(child);
    let match = key === null ? at : keyed.get(key);
    if (!match || !alike(match, child)) {
      old.insertBefore(child, at);
      continue;
    }
    if (match === at) {
      at = at.nextSibling;
    } else {
      old.insertBefore(match, at);
    }
    patch(match, child);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/**
 * Makes a table. A column has a label, how a row is shown in it, and may have: `sort` (what the API sorts by),
 * `number`, `kind` (minor: hidden on a narrow window; second: hidden on a phone), `head` (heads its row).
 */
export function table(caption, columns, rows, {key, sorted, onSort, rowClass, none} = {}) {
  const head = columns.map((column) => {
    const order = column.sort && sorted && sorted.by === column.sort
      ? (sorted.descending ? 'descending' : 'ascending') : null;
    return el('th', {scope: 'col', class: classes(column), 'aria-sort': order},
      column.sort && onSort
        ? el('button', {type: 'button', onclick: () => onSort(column.sort)}, column.label)
        : column.label);
  });
  const body = rows.map((row) => el('tr', {'data-key': key ? key(row) : null, class: rowClass ? rowClass(row) : null},
    columns.map((column) => el(column.head ? 'th' : 'td', {scope: column.head ? 'row' : null, class: classes(column)},
      column.show(row)))));
  return el('div', {class: 'scroll'},
    el('table', {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, head)),
      el('tbody', {}, body)),
    rows.length === 0 && el('p', {class: 'none'}, none || 'None.'));
}

function classes(column) {
  return [column.number && 'n', column.head && 'name', column.kind, column.look].filter(Boolean).join(' ') || null;
}

/** Pairs of a name and a value; those without a value are left out. */
export function facts(pairs) {
  return el('dl', {class: 'facts'}, pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

/** Large figures; each is a name, a value, and may have a remark and be bad. */
export function tiles(list) {
  return el('dl', {class: 'tiles'}, list.map(([name, value, remark, bad]) => el('div', {class: bad ? 'bad' : null},
    el('dt', {}, name), el('dd', {}, value, remark && el('small', {}, ' ', remark)))));
}

/** How deep a destination was lately. */
export function sparkline(depths) {
  if (!depths || depths.length < 2) {
    return null;
  }
  const most = Math.max(...depths, 1);
  const points = depths.map((depth, i) => `${i},${(19 - 17 * depth / most).toFixed(1)}`).join(' ');
  return el('svg', {
    class: 'spark', role: 'img', viewBox: `0 0 ${depths.length - 1} 21`, preserveAspectRatio: 'none',
    'aria-label': `depth lately, from ${Math.min(...depths)} to ${Math.max(...depths)}`,
  }, el('polyline', {points}));
}

/**
 * Asks in a dialog. Resolves to what `submit` did, or to null where it was left. A refusal is shown in the dialog,
 * which stays open for another try.
 */
export function ask({title, text, fields = [], confirm, danger, submit}) {
  return new Promise((resolve) => {
    const trouble = el('div', {class: 'trouble', role: 'alert'});
    const yes = el('button', {class: danger ? 'danger' : 'main'}, confirm);
    let result = null;
    const form = el('form', {
      onsubmit: async (event) => {
        event.preventDefault();
        const values = {};
        for (const field of fields) {
          const input = form.elements.namedItem(field.name);
          values[field.name] = field.type === 'checkbox' ? input.checked
            : field.type === 'file' ? input.files[0] || null : input.value;
        }
        yes.disabled = true;
        try {
          result = await submit(values);
          dialog.close();
        } catch (e) {
          trouble.textContent = e.message;
        }
        yes.disabled = false;
      },
    },
    el('h2', {id: 'asked'}, title), text && el('p', {}, text), fields.map(input), trouble,
    el('div', {class: 'bar'}, el('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel'), yes));
    const dialog = el('dialog', {'aria-labelledby': 'asked'}, form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function input(field) {
  const {name, label, type = 'text', value, options, hint, suggest, ...more} = field;
  const named = {name, ...more, ...suggest && suggesting(suggest)};
  let control;
  if (type === 'textarea') {
    control = el('textarea', named, value);
  } else if (type === 'select') {
    control = el('select', named, options.map((each) => el('option', {selected: each === value}, each)));
  } else if (type === 'checkbox') {
    control = el('input', {type, checked: Boolean(value), ...named});
  } else {
    control = el('input', {type, value, ...named});
  }
  return el('label', {}, label, control, suggest && el('datalist', {id: 'suggested'}), hint && el('small', {}, hint));
}

/** Lets a field offer what begins to be typed; one in a dialog. */
function suggesting(suggest) {
  let timer = 0;
  const offer = async (input) => {
    try {
      const names = await suggest(input.value);
      input.parentElement.querySelector('datalist').replaceChildren(...names.map((value) => el('option', {value})));
    } catch (e) {
      // what is typed may be right all the same; sending it says what is not
    }
  };
  return {
    list: 'suggested', autocomplete: 'off',
    oninput: (event) => {
      clearTimeout(timer);
      timer = setTimeout(offer, 200, event.target);
    },
  };
}
