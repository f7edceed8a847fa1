// SPDX-License-Identifier: Apache-2.0
/**
 * A broker in a process of its own, as tests start, kill and restart it: {@link
 * org.taffrail.compat.process.BrokerProcess}.
 */
package org.taffrail.compat.process;
