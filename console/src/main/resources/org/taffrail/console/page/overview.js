// SPDX-License-Identifier: Apache-2.0
// The broker as a whole.

import {get} from './api.js';
import {COLUMNS} from './destinations.js';
import {el, table, tiles} from './dom.js';
import {bytes, count, href, micros, rate} from './words.js';

// a percentile is the upper bound of a bucket, and may be above the longest that there was
const LATENCIES = {
  send: 'a send, from its arrival to its answer', force: 'a force of the journal', turn: "a turn of the broker's thread",
};

/** The page at the start. */
export function overview() {
  let glance;
  let deepest;
  return {
    title: 'Overview',
    load: async () => {
      [glance, deepest] = await Promise.all([
        get('overview'), get('destinations', {sort: 'depth', descending: true, limit: 10})]);
    },
    draw: () => [
      tiles(figures(glance)),
      glance.latencies && [el('h2', {}, 'Latency'), table('Within the last minute', [
        {label: 'What', head: true, show: ([name]) => LATENCIES[name] || name},
        {label: 'Count', number: true, kind: 'second', show: ([, each]) => count(each.count)},
        ...['p50', 'p90', 'p99', 'p999', 'max'].map((quantile) => ({
          label: quantile === 'p999' ? 'p99.9' : quantile, number: true, kind: quantile === 'p90' || quantile === 'p999' ? 'second' : null,
          show: ([, each]) => (each.count ? micros(Math.min(each[`${quantile}Us`], each.maxUs)) : '\u2013'),
        })),
      ], Object.entries(glance.latencies), {key: ([name]) => name})],
      el('h2', {}, 'Deepest destinations'),
      table('The ten with the most messages', COLUMNS(deepest.takenMs), deepest.destinations,
        {key: (each) => `${each.kind} ${each.name}`, none: 'There are no destinations yet.'}),
    ],
  };
}

function figures(glance) {
  const list = [
    ['State', glance.stage.toLowerCase(), glance.serving ? null : 'does not serve', !glance.serving],
    ['Destinations', el('a', {href: '#/destinations'}, count(glance.destinations)), glance.partial && 'of yours'],
  ];
  if (!glance.serving) {
    return list;
  }
  list.push(
    ['Messages', count(glance.depth)],
    ['Dead letters', el('a', {href: '#/dead-letters'}, count(glance.deadLetters)), 'waiting', glance.deadLetters > 0],
    ['In', [rate(glance.inRate), ' /s']],
    ['Out', [rate(glance.outRate), ' /s']]);
  if (glance.partial) {
    return list;
  }
  list.push(
    ['Connections', el('a', {href: href(['connections'])}, count(glance.connections)), `of ${glance.connectionsMax}`],
    ['Redelivered', count(glance.redelivered), 'since start'],
    ['Dead-lettered', count(glance.deadLettered), 'since start'],
    ['Expired', count(glance.expired), 'since start'],
    ['Lost', count(glance.lost), 'since start', glance.lost > 0],
    ['Recent in memory', bytes(glance.recentBytes), `of ${bytes(glance.recentBytesMax)}`]);
  if (glance.diskFreeBytes !== undefined) {
    list.push(
      ['Disk used', bytes(glance.diskUsedBytes)],
      ['Disk free', bytes(glance.diskFreeBytes), `sends wait below ${bytes(glance.diskReserveBytes)}`, glance.shortOfRoom]);
  }
  return list;
}
