// SPDX-License-Identifier: Apache-2.0
/**
 * Apache ActiveMQ Artemis as a peer, in a process of its own and away from every other class path.
 *
 * <p>There is one file to read: {@link org.taffrail.peer.artemis.Main}, which says how the broker
 * is set up and why.
 */
package org.taffrail.peer.artemis;
