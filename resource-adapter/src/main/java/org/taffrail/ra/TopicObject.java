// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.Topic;

/** A topic that a server binds in its directory. */
public final class TopicObject extends ServerDestination implements Topic {
    private static final long serialVersionUID = 1L;

    /** Makes one without a name, as servers do. */
    public TopicObject() {}

    @Override
    public String getTopicName() {
        return getPhysicalName();
    }
}
