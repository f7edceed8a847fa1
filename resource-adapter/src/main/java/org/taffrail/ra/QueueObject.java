// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.Queue;

/** A queue that a server binds in its directory. */
public final class QueueObject extends ServerDestination implements Queue {
    private static final long serialVersionUID = 1L;

    /** Makes one without a name, as servers do. */
    public QueueObject() {}

    @Override
    public String getQueueName() {
        return getPhysicalName();
    }
}
