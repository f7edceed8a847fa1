// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.Audit;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks whether the file with a running broker's configuration has changed, and passes on one that
 * has, as far as it counts without a start. One that can't be read, or is not allowed, changes
 * nothing. Looks on a thread of its own.
 */
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

    private static final long LOOK_S = 10;

    private final Path file;
    private final Supplier<BrokerConfig> source;
    private final Consumer<BrokerConfig> target;
    private final Audit audit;
    private final ScheduledThreadPoolExecutor looking;
    private BrokerConfig current;
    private Stamp stamp;

    /** What tells one version of the file from another. */
    private record Stamp(FileTime modified, long bytes, Object key) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
            } catch (IOException e) {
                return null; // being replaced, perhaps: it is looked at again
            }
        }
    }

    /**
     * Begins to look.
     *
     * @param file the file
     * @param source reads it, with all that counts beside it
     * @param current what counts now
     * @param target takes what counts from now on
     * @param audit is told of each change
     */
    ConfigWatch(
            Path file,
            Supplier<BrokerConfig> source,
            BrokerConfig current,
            Consumer<BrokerConfig> target,
            Audit audit) {
        this.file = file;
        this.source = source;
        this.current = current;
        this.target = target;
        this.audit = audit;
        looking =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread made = new Thread(task, "taffrail-config");
                            made.setDaemon(true);
                            return made;
                        });
        looking.scheduleWithFixedDelay(this::guardedLook, LOOK_S, LOOK_S, TimeUnit.SECONDS);
    }

    private void guardedLook() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("event=defect in=config_watch", e); // and it looks again
        }
    }

    /** Looks once. At the first time the file is read whether it has changed or not. */
    synchronized void look() {
        Stamp now = Stamp.of(file);
        if (now == null || now.equals(stamp)) {
            return;
        }
        stamp = now;
        BrokerConfig next;
        try {
            next = source.get().conclude();
        } catch (WireException e) {
            audit.reloaded(file.toString(), e.getMessage(), false);
            return;
        }
        List<String> changed = current.changes(next, true);
        List<String> waiting = current.changes(next, false);
        if (changed.isEmpty() && waiting.isEmpty()) {
            return;
        }
        target.accept(next);
        current = current.withLive(next);
        audit.reloaded(file.toString(), outcome(changed, waiting), !changed.isEmpty());
    }

    private static String outcome(List<String> changed, List<String> waiting) {
        String counts = "changed: " + String.join(", ", changed);
        String later = "from the next start on: " + String.join(", ", waiting);
        if (changed.isEmpty()) {
            return later;
        }
        return waiting.isEmpty() ? counts : counts + "; " + later;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
