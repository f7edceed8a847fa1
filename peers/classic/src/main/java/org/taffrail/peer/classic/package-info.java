// SPDX-License-Identifier: Apache-2.0
/**
 * Apache ActiveMQ Classic as a peer, in a process of its own and away from every other class path.
 *
 * <p>There is one file to read: {@link org.taffrail.peer.classic.Main}, which says how the broker
 * is set up and why.
 */
package org.taffrail.peer.classic;
