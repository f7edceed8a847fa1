// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.TemporaryTopic;

import org.taffrail.wire.record.DestinationKind;

/**
 * A topic that dies with the connection that made it. Anyone who gets it as a reply-to may send to
 * it; only its connection consumes from it or deletes it.
 */
public final class TaffrailTemporaryTopic extends TaffrailDestination implements TemporaryTopic {
    private static final long serialVersionUID = 1L;

    private final transient TemporaryOwner owner;

    /**
     * Makes the object.
     *
     * @param name the name that the broker gave it
     * @param owner who made it; null where it came with a message
     */
    TaffrailTemporaryTopic(String name, TemporaryOwner owner) {
        super(name, null);
        this.owner = owner;
    }

    @Override
    public DestinationKind kind() {
        return DestinationKind.TEMPORARY_TOPIC;
    }

    @Override
    public String getTopicName() {
        return name();
    }

    @Override
    public void delete() throws JMSException {
        delete(owner);
    }
}
