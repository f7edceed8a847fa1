// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

/**
 * What every {@code Connection} and {@code JMSContext} of this provider is besides: one that tells
 * how it fares. A context tells of the connection that it shares with others.
 *
 * <pre>
 *   ((ObservableConnection) connection).addStateListener(listener);
 * </pre>
 */
public interface ObservableConnection {
    /**
     * Lets a listener hear of what happens from now on.
     *
     * @param listener not null; added twice it hears twice
     */
    void addStateListener(ConnectionStateListener listener);

    /**
     * Lets a listener hear nothing more, but for what is being told just now.
     *
     * @param listener one that was added; any other is nothing
     */
    void removeStateListener(ConnectionStateListener listener);
}
