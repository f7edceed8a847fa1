// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.TimeUnit;

/**
 * The event loops that all remote links of this JVM share. They are there while somebody uses them:
 * made for the first link, stopped with the last, so that an application server can forget the
 * provider's classes. Their threads are daemons. May be called from any thread.
 */
final class SharedLoops {
    /** A client's loops mostly copy bytes; more of them would only spread the cache. */
    private static final int THREADS_MAX = 4;

    private static final int STOP_TIMEOUT_MS = 2000;

    private static EventLoopGroup loops;
    private static int users;

    private SharedLoops() {}

    /** Returns the loops; each call is followed by one of {@link #release}. */
    static synchronized EventLoopGroup acquire() {
        if (users == 0) {
            int processors = Runtime.getRuntime().availableProcessors();
            loops =
                    new MultiThreadIoEventLoopGroup(
                            Math.max(1, Math.min(THREADS_MAX, processors / 2)),
                            new DefaultThreadFactory("taffrail-link", true),
                            NioIoHandler.newFactory());
        }
        users++;
        return loops;
    }

    /** Gives up one use; the last stops the loops, after what they are doing. Does not block. */
    static synchronized void release() {
        users--;
        if (users == 0) {
            loops.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            loops = null;
        }
    }

    /** Returns how many links use the loops. */
    static synchronized int users() {
        return users;
    }
}
