// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

/**
 * Hears how a connection fares that reconnects by itself ({@code failover:(...)}). Called on a
 * thread of the connection's own, one call at a time, in order; it may close the connection.
 *
 * <p>An exception listener hears only of the end: what it is told of calls for a new connection.
 *
 * @see ObservableConnection
 */
public interface ConnectionStateListener {
    /**
     * The connection is interrupted, and is being restored. Nothing is to be done. Sends wait;
     * transactions that were begun can only be rolled back; messages that are not acknowledged come
     * again.
     *
     * @param cause why
     */
    default void interrupted(JMSException cause) {}

    /** The connection is restored, with the same broker or another one. */
    default void restored() {}

    /**
     * The connection is lost for good: restoring it was given up.
     *
     * @param cause why the last attempt failed
     */
    default void lost(JMSException cause) {}
}
