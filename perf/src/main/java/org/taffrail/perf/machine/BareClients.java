// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The clients of a bare path at work: the first producer in the thread that measures, so that
 * nothing else wakes up to look at the time, the others each in one of its own.
 */
final class BareClients implements AutoCloseable {
    private interface Work {
        void carryOut(BareClient client) throws IOException;
    }

    private final List<BareClient> clients = new ArrayList<>();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final LongAdder receivedBytes = new LongAdder();
    private final BareLoad load;
    private final BareClient first;

    private BareClients(SocketAddress server, BareLoad load) throws IOException {
        this.load = load;
        try {
            // consumers first: the server knows them before there is a message
            for (int i = 0; i < load.consumers(); i++) {
                start(connect(server, BareEcho.CONSUMER), this::receive);
            }
            for (int i = 1; i < load.producers(); i++) {
                start(connect(server, BareEcho.PRODUCER), BareClient::send);
            }
            first = connect(server, BareEcho.PRODUCER);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Works, and measures.
     *
     * @param server the {@link BareEcho}
     * @param load how many clients there are
     * @param duration for how long it is measured, after half as long a warm-up
     * @return what came of it
     */
    static BarePath.Figure measure(SocketAddress server, BareLoad load, Duration duration)
            throws IOException {
        try (BareClients clients = new BareClients(server, load)) {
            clients.send(duration.dividedBy(2));
            BareClient first = clients.first;
            long done = clients.done();
            long messages = first.messages();
            long forces = first.forces();
            double seconds = clients.send(duration);
            IOException failed = clients.failure.get();
            if (failed != null) {
                throw failed;
            }
            return new BarePath.Figure(
                    (clients.done() - done) / seconds,
                    (double) (first.forces() - forces) / (first.messages() - messages));
        }
    }

    private BareClient connect(SocketAddress server, byte role) throws IOException {
        BareClient client = BareClient.connect(server, role);
        clients.add(client);
        return client;
    }

    private void start(BareClient client, Work work) {
        Thread thread = new Thread(() -> repeat(client, work), "bare-client-" + clients.size());
        thread.setDaemon(true);
        thread.start();
    }

    private void repeat(BareClient client, Work work) {
        try {
            while (true) {
                work.carryOut(client);
            }
        } catch (ClosedChannelException e) {
            return; // measured
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void receive(BareClient client) throws IOException {
        receivedBytes.add(client.receive());
    }

    /** Has the first producer send for so long; returns the seconds it took. */
    private double send(Duration duration) throws IOException {
        long startNs = System.nanoTime();
        long tookNs;
        do {
            first.send();
            tookNs = System.nanoTime() - startNs;
        } while (tookNs < duration.toNanos());
        return tookNs / 1e9;
    }

    /** How many messages have gone all their way. */
    private long done() {
        return load.consumers() == 0
                ? first.messages()
                : receivedBytes.sum() / BareLoad.MESSAGE_BYTES;
    }

    @Override
    public void close() throws IOException {
        for (BareClient client : clients) {
            client.close();
        }
    }
}
