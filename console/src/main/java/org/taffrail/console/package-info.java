// SPDX-License-Identifier: Apache-2.0
/**
 * What stands beside a broker and serves those who look at it: metrics, health, and what the
 * console is made of, over HTTP. Read {@link org.taffrail.console.Console} first: it assembles the
 * rest.
 */
package org.taffrail.console;
