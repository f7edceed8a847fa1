// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import org.taffrail.migrate.provider.Side;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The links between two providers, each on a thread of its own. */
public final class Bridge implements AutoCloseable {
    private final FileChannel lockFile;
    private final List<Link> links = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Makes a bridge, and its folder; nothing is carried yet.
     *
     * @param routes from where to where; each destination once
     * @param from the provider that is carried from
     * @param to the provider that is carried to
     * @param mirror whether the messages of queues stay where they are
     * @param options how
     * @param throttle how fast
     * @throws IOException if the folder can't be used, or another bridge uses it
     */
    public Bridge(
            List<Route> routes,
            Side from,
            Side to,
            boolean mirror,
            BridgeOptions options,
            Throttle throttle)
            throws IOException {
        Files.createDirectories(options.state());
        lockFile =
                FileChannel.open(
                        options.state().resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        lock(options);
        for (Route route : routes) {
            Link link = new Link(route, from, to, mirror, options, throttle);
            links.add(link);
            threads.add(new Thread(link, "link " + route));
        }
    }

    private void lock(BridgeOptions options) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            lockFile.close();
            throw new IOException("another bridge uses the folder " + options.state());
        }
    }

    /** Begins to carry. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /**
     * Waits until no link works any more.
     *
     * @param waitMs how long at most
     * @return whether that is so
     * @throws InterruptedException if this thread is to stop waiting
     */
    public boolean await(long waitMs) throws InterruptedException {
        long endNanos = System.nanoTime() + waitMs * 1_000_000;
        for (Thread thread : threads) {
            long leftMs = (endNanos - System.nanoTime()) / 1_000_000;
            thread.join(Math.max(1, leftMs));
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the links.
     *
     * @return in the order of the routes
     */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** Asks all links to stop after the batch that they are at. */
    public void stop() {
        links.forEach(Link::stop);
    }

    /**
     * Lets go of the folder; the links have stopped.
     *
     * @throws IOException if that fails
     */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
