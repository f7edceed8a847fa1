// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * Where a run sends to, by name.
 *
 * @param name a JNDI name ({@code dynamicQueues/orders} too), or else what {@code createQueue} and
 *     {@code createTopic} take
 * @param topic whether it is a topic rather than a queue
 */
public record DestinationName(String name, boolean topic) {
    @Override
    public String toString() {
        return (topic ? "topic " : "queue ") + name;
    }
}
