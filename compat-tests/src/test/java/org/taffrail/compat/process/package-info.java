// SPDX-License-Identifier: Apache-2.0
/**
 * Servers in processes of their own, as tests start, kill and restart them. Read {@link
 * org.taffrail.compat.process.JmsServer} first: all that tests for any provider know. {@link
 * org.taffrail.compat.process.BrokerProcess} says more of Taffrail's.
 */
package org.taffrail.compat.process;
