// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.Destination;

import java.io.Serializable;
import java.util.Objects;

/**
 * A destination that a server binds in its directory: a bean with one property, the name at the
 * broker. Two are equal when kind and name are.
 */
public abstract sealed class ServerDestination implements Destination, Serializable
        permits QueueObject, TopicObject {
    private static final long serialVersionUID = 1L;

    /** The name at the broker, with options behind it or without. */
    private String physicalName;

    /** Makes one without a name, as servers do. */
    ServerDestination() {}

    /**
     * Returns the name at the broker.
     *
     * @return the name as it was set, null before
     */
    public final String getPhysicalName() {
        return physicalName;
    }

    /**
     * Sets the name at the broker.
     *
     * @param physicalName a name, or a name, a question mark and options
     */
    public final void setPhysicalName(String physicalName) {
        this.physicalName = physicalName;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof ServerDestination destination
                && getClass() == destination.getClass()
                && Objects.equals(physicalName, destination.physicalName);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(getClass(), physicalName);
    }

    /** Returns the name, for people. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + physicalName + "]";
    }
}
