// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Expect;

/** Compares destinations by what they name, which is all that the interfaces promise. */
final class Destinations {
    private Destinations() {}

    /** Expects two destinations to be of one kind and to have one name. */
    static void same(Destination expected, Destination actual, String what) throws JMSException {
        Expect.notNull(actual, what);
        if (expected instanceof Queue queue) {
            Queue other = Expect.type(Queue.class, actual, what);
            Expect.equal(queue.getQueueName(), other.getQueueName(), what);
        } else {
            Topic other = Expect.type(Topic.class, actual, what);
            Expect.equal(((Topic) expected).getTopicName(), other.getTopicName(), what);
        }
    }
}
