// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.local;

import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.util.Map;

/**
 * Brokers that live in this JVM, found by {@link java.util.ServiceLoader}. The broker's jar
 * provides it; the provider's {@code taffrail:embedded} URLs use it.
 */
public interface LocalBrokers {
    /**
     * Looks whether options are understood, without connecting or touching anything.
     *
     * @param options as with {@link #connect}
     * @throws WireException {@link org.taffrail.wire.ErrorCode#INVALID_OPTION} where one is unknown
     *     or has a value that is not allowed, or two don't fit
     */
    void check(Map<String, String> options);

    /**
     * Connects to the embedded broker of these options, and starts it if it is the first
     * connection. Connections with the same folder (or, without a folder, the same name) share a
     * broker, which stops when the last of them has closed. Blocks while the broker starts and
     * recovers.
     *
     * @param options {@code dir} (the data folder; without it everything is in memory), {@code
     *     name} (which of the brokers in memory, default {@code default}), and keys of the broker's
     *     configuration
     * @param receiver hears what the broker sends; called on the broker's loop, so it must not
     *     block
     * @return the way to the broker, speaking the protocol from the preamble on
     * @throws WireException where an option is unknown or the broker can't start, for instance
     *     because another process holds the folder
     */
    FrameChannel connect(Map<String, String> options, FrameChannel.Receiver receiver);

    /**
     * Stops the embedded broker of these options in order, under its connections: they are told, as
     * by a broker elsewhere that stops, and end. Blocks until its folder is free; who connects
     * meanwhile or later starts it again. Not to be called by a receiver.
     *
     * @param options as with {@link #connect}; {@code dir} or {@code name} say which broker
     * @return whether there was one
     */
    boolean stop(Map<String, String> options);
}
