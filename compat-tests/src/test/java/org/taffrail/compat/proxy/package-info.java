// SPDX-License-Identifier: Apache-2.0
/**
 * A network that fails between real clients and a real broker, and what both promise then. Start
 * with {@link org.taffrail.compat.proxy.FaultyProxy}; {@link
 * org.taffrail.compat.proxy.FaultSchedule} drives it from a seed.
 */
package org.taffrail.compat.proxy;
