// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.IllegalStateException;

/** What the sessions of a connection are for. */
enum Domain {
    BOTH,
    QUEUES,
    TOPICS;

    /**
     * Demands that something of queues may be called.
     *
     * @throws IllegalStateException in a session for topics
     */
    void requireQueues(String call) throws IllegalStateException {
        if (this == TOPICS) {
            throw new IllegalStateException(call + " is not for a TopicSession");
        }
    }

    /**
     * Demands that something of topics may be called.
     *
     * @throws IllegalStateException in a session for queues
     */
    void requireTopics(String call) throws IllegalStateException {
        if (this == QUEUES) {
            throw new IllegalStateException(call + " is not for a QueueSession");
        }
    }
}
