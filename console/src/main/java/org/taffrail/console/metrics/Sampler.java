// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import org.taffrail.broker.core.DestinationStatus;
import org.taffrail.broker.core.GroupStatus;
import org.taffrail.broker.core.Page;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerFigures;
import org.taffrail.broker.server.BrokerView;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Takes samples of a broker: asks for its figures and its destinations, {@value #PAGE_ROWS} at a
 * time, so that the broker's thread serves others between two pages. May be used from any thread;
 * one sample is taken at a time.
 */
public final class Sampler {
    /** How many destinations are asked for at once: what takes the broker's thread some 0.1 ms. */
    static final int PAGE_ROWS = 128;

    /** How many topics' subscriptions are asked for at once. */
    private static final int TOPICS_AT_ONCE = 32;

    /** How many subscriptions are asked for. */
    private static final int SUBSCRIPTIONS_MAX = 100_000;

    /** How long the broker may take for one answer before the sample is given up. */
    private static final long ANSWER_MS_MAX = 5000;

    private final Broker broker;
    private final Path folder;
    private final LongSupplier clockMs;
    private Map<String, Track> tracks = new HashMap<>();
    private volatile Sample last = Sample.NONE;

    /**
     * Makes a sampler.
     *
     * @param broker whom it asks
     * @param folder the broker's data folder, or null
     * @param clockMs tells the time, ms since 1970
     */
    public Sampler(Broker broker, Path folder, LongSupplier clockMs) {
        this.broker = broker;
        this.folder = folder;
        this.clockMs = clockMs;
    }

    /**
     * Returns the last sample.
     *
     * @return one that knows nothing before the first
     */
    public Sample last() {
        return last;
    }

    /**
     * Returns a sample that is young enough, a new one if need be.
     *
     * @param ageMsMax how old it may be
     * @return the sample
     * @throws InterruptedException if the caller is interrupted
     */
    public synchronized Sample notOlderThan(long ageMsMax) throws InterruptedException {
        long ageMs = clockMs.getAsLong() - last.takenMs();
        if (ageMs < 0 || ageMs > ageMsMax || !last.serving()) {
            last = take();
        }
        return last;
    }

    private Sample take() throws InterruptedException {
        long beganMs = clockMs.getAsLong();
        try {
            BrokerFigures figures = ask(BrokerView::figures);
            List<Track.Point> points = new ArrayList<>();
            List<String> topics = new ArrayList<>();
            Map<String, Track> seen = new HashMap<>();
            for (DestinationKind kind : List.of(DestinationKind.QUEUE, DestinationKind.TOPIC)) {
                for (DestinationStatus status : destinations(kind)) {
                    String key = (kind.isQueue() ? "q:" : "t:") + status.name();
                    Track track = tracks.getOrDefault(key, new Track());
                    seen.put(key, track);
                    points.add(track.next(status, clockMs.getAsLong()));
                    if (!kind.isQueue() && status.groups() > 0) {
                        topics.add(status.name());
                    }
                }
            }
            tracks = seen;
            List<GroupStatus> subscriptions = subscriptions(topics);
            long nowMs = clockMs.getAsLong();
            return new Sample(nowMs, nowMs - beganMs, figures, usedBytes(), points, subscriptions);
        } catch (WireException | TimeoutException e) {
            return new Sample(
                    beganMs, clockMs.getAsLong() - beganMs, null, 0, List.of(), List.of());
        }
    }

    private List<DestinationStatus> destinations(DestinationKind kind)
            throws InterruptedException, TimeoutException {
        List<DestinationStatus> all = new ArrayList<>();
        String after = null;
        do {
            String from = after;
            Page<DestinationStatus> page =
                    ask(view -> view.overview().destinations(kind, null, from, PAGE_ROWS));
            all.addAll(page.rows());
            after = page.next();
        } while (after != null);
        return all;
    }

    /** What was asked at once of some topics. */
    private record Some(List<GroupStatus> rows, int topics) {}

    private List<GroupStatus> subscriptions(List<String> topics)
            throws InterruptedException, TimeoutException {
        List<GroupStatus> all = new ArrayList<>();
        int next = 0;
        while (next < topics.size() && all.size() < SUBSCRIPTIONS_MAX) {
            List<String> from = topics.subList(next, topics.size());
            Some some = ask(view -> subscriptions(view, from));
            all.addAll(some.rows);
            next += some.topics;
        }
        return all;
    }

    /** Of each topic at most a page: what is behind it is not looked through each time. */
    private static Some subscriptions(BrokerView view, List<String> topics) {
        List<GroupStatus> found = new ArrayList<>();
        int looked = 0;
        while (looked < topics.size() && looked < TOPICS_AT_ONCE && found.size() < PAGE_ROWS) {
            String topic = topics.get(looked++);
            try {
                found.addAll(
                        view.overview()
                                .groups(DestinationKind.TOPIC, topic, null, PAGE_ROWS)
                                .rows());
            } catch (WireException gone) {
                // the topic was deleted meanwhile
            }
        }
        return new Some(found, looked);
    }

    private <T> T ask(Function<BrokerView, T> question)
            throws InterruptedException, TimeoutException {
        try {
            return broker.ask(question).get(ANSWER_MS_MAX, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WireException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private long usedBytes() {
        if (folder == null) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(Sampler::size).sum();
        } catch (IOException | UncheckedIOException e) {
            return last.usedBytes();
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0; // files come and go
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
