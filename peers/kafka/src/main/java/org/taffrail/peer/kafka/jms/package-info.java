// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka's own client behind those methods of Jakarta Messaging that the measurements call, and no
 * others: what Kafka has no counterpart for is refused.
 *
 * <p>Read {@link org.taffrail.peer.kafka.jms.KafkaContextFactory} first; it says what is what.
 */
package org.taffrail.peer.kafka.jms;
