// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import org.taffrail.wire.frame.Fields;

import java.util.List;
import java.util.Map;

/**
 * A running broker at one moment, as management shows it.
 *
 * @param destinations queues and topics
 * @param groups the subscriptions of topics
 * @param consumers the consumers of queues that hold messages, by the queue's name
 * @param branches transactions that are prepared
 */
public record Sample(
        List<Fields> destinations,
        List<Fields> groups,
        Map<String, List<Fields>> consumers,
        List<Fields> branches) {}
