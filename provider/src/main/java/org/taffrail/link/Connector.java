// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.frame.FrameChannel;

import java.util.concurrent.CompletableFuture;

/** Makes the channel that a {@link FrameLink} speaks through. Called once for each link. */
public interface Connector {
    /**
     * Connects. May block while a name is looked up or a broker in this JVM starts.
     *
     * @param receiver hears what the broker sends, one call at a time; not before the future is
     *     complete
     * @return the channel, before anything was sent through it; fails with {@link
     *     org.taffrail.wire.WireException}, and then the receiver hears nothing
     * @throws org.taffrail.wire.WireException instead of a failed future
     */
    CompletableFuture<LinkChannel> connect(FrameChannel.Receiver receiver);

    /**
     * Names the broker, for messages.
     *
     * @return such as {@code taffrail://host:61700}
     */
    String address();
}
