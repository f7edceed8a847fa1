// SPDX-License-Identifier: Apache-2.0
/**
 * A link that goes on after its connection is lost, with the same broker or another one of a list.
 * Start with {@link org.taffrail.link.failover.FailoverLink}.
 */
package org.taffrail.link.failover;
