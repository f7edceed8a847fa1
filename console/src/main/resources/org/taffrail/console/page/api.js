// SPDX-License-Identifier: Apache-2.0
// Asks the broker, as docs/console.md says.

/** Numbers that a browser can't hold exactly stay the text that they were. */
function exactly(key, value, context) {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context
    ? context.source : value;
}

async function read(response) {
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text, exactly);
  } catch (e) {
    throw new Error(`status ${response.status}, and no JSON`);
  }
  if (!response.ok) {
    const code = json.code ? `${json.code.toLowerCase().replaceAll('_', ' ')}: ` : '';
    const refusal = new Error(code + (json.error || `status ${response.status}`));
    refusal.status = response.status;
    throw refusal;
  }
  return json;
}

async function fetched(path, options) {
  try {
    // the page's own address may name a user, which an address that is fetched must not
    return await fetch(location.origin + path, options);
  } catch (e) {
    throw new Error('The broker does not answer. It is asked again as long as this page is open.');
  }
}

/** Asks for something. Parameters without a value are left out. */
export async function get(name, parameters = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(key, value);
    }
  }
  return read(await fetched(`/api/${name}?${query}`, {cache: 'no-store'}));
}

/** Changes something. */
export async function post(name, members) {
  return read(await fetched(`/api/${name}`, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(members),
  }));
}

/** What came of a change, in words. */
export function outcome(what, {done = 0, held = 0, left = 0, why}) {
  const more = [];
  if (held) {
    more.push(`${held} passed over, as consumers have them`);
  }
  if (left) {
    more.push(`${left} left`);
  }
  if (why) {
    more.push(why);
  }
  return `${what}: ${done.toLocaleString('en')}${more.length ? '; ' + more.join('; ') : ''}.`;
}
