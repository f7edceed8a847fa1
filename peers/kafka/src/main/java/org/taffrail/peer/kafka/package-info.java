// SPDX-License-Identifier: Apache-2.0
/**
 * Apache Kafka as a peer, in a process of its own and away from every other class path.
 *
 * <p>Read {@link org.taffrail.peer.kafka.Main} first, which says how the node is set up and why;
 * then {@link org.taffrail.peer.kafka.jms}, the client's side.
 */
package org.taffrail.peer.kafka;
