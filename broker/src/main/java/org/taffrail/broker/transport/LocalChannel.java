// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.session.Session;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

/**
 * A connection from the same JVM. What the client sends is collected and handed over to the
 * broker's thread once for each burst; what the broker says reaches the receiver on the broker's
 * thread, without a copy.
 */
public final class LocalChannel implements FrameChannel {
    private static final Logger LOG = LoggerFactory.getLogger(LocalChannel.class);

    /** A client that has sent this much unread is out of its mind: its windows are far smaller. */
    private static final int WAITING_BYTES_MAX = 256 << 20;

    private static final int KEPT_BYTES_MAX = 1 << 20;

    private final BrokerThread thread;
    private final Receiver receiver;
    private final String peer;
    private final Object lock = new Object();

    // under the lock
    private ByteSink arriving = new ByteSink(4096);
    private boolean queued;
    private boolean closing;

    // the broker's thread only
    private ByteSink reading = new ByteSink(4096);
    private Session session;
    private boolean ended;
    private WireException receiverFailure;

    private LocalChannel(BrokerThread thread, Receiver receiver, String peer) {
        this.peer = peer;
        this.thread = thread;
        this.receiver = receiver;
    }

    /**
     * Connects to the broker of a thread.
     *
     * @param thread the thread
     * @param receiver hears what the broker says, on that thread
     * @param peer names the client's end, for the log
     * @return the way to the broker, speaking the protocol from the preamble on
     */
    public static LocalChannel connect(BrokerThread thread, Receiver receiver, String peer) {
        LocalChannel channel = new LocalChannel(thread, receiver, peer);
        if (!thread.execute(channel::open)) {
            throw new WireException(ErrorCode.STOPPING, "the embedded broker has stopped");
        }
        return channel;
    }

    @Override
    public void send(byte[] array, int at, int length) {
        synchronized (lock) {
            if (closing) {
                return;
            }
            if (arriving.length() > WAITING_BYTES_MAX - length) {
                throw new WireException(
                        ErrorCode.LIMIT_REACHED,
                        "the broker has not read " + arriving.length() + " bytes yet");
            }
            arriving.putBytes(array, at, length);
            if (queued) {
                return;
            }
            queued = true;
        }
        thread.execute(this::read);
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
        }
        thread.execute(
                () -> {
                    read();
                    session.lost(thread.clock().wallMs());
                    thread.wake();
                });
    }

    /**
     * Tells whom the broker has let in; asked on its thread.
     *
     * @return null as long as nobody was
     */
    public Session session() {
        return session == null || session.identity() == null ? null : session;
    }

    private void open() {
        session = thread.sessions().open(new ToReceiver(), 0);
        thread.wake();
    }

    private void read() {
        ByteSink burst;
        synchronized (lock) {
            burst = arriving;
            arriving = reading;
            queued = false;
        }
        reading = burst;
        try {
            session.received(burst.array(), 0, burst.length(), thread.clock().wallMs());
        } finally {
            if (burst.array().length > KEPT_BYTES_MAX) {
                reading = new ByteSink(4096);
            } else {
                burst.clear();
            }
            thread.wake();
        }
    }

    /** The way out. */
    private final class ToReceiver implements Outlet {
        @Override
        public void write(byte[] array, int at, int length) {
            if (ended || receiverFailure != null) {
                return;
            }
            try {
                receiver.received(array, at, length);
            } catch (RuntimeException e) {
                LOG.error("event=receiver_failed peer={}", peer(), e);
                receiverFailure =
                        new WireException(ErrorCode.CONNECTION_LOST, "the receiver failed: " + e);
                close();
            }
        }

        @Override
        public long unsentBytes() {
            return 0;
        }

        @Override
        public void end() {
            if (!ended) {
                ended = true;
                synchronized (lock) {
                    closing = true;
                }
                try {
                    receiver.closed(receiverFailure);
                } catch (RuntimeException e) {
                    LOG.error("event=receiver_failed peer={}", peer(), e);
                }
            }
        }

        @Override
        public String peer() {
            return peer;
        }
    }
}
