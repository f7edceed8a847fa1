// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Link;
import org.taffrail.link.Links;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** A broker in another process, as commands see it: each call waits for the answer. */
final class RunningBroker implements AutoCloseable {
    /** How many names are looked at to find one that was meant. */
    private static final int NAMES_MAX = 10_000;

    private final Link link;
    private long clockAheadMs;

    private RunningBroker(Link link) {
        this.link = link;
    }

    /** Connects; fails with a {@link WireException} that says why. */
    static RunningBroker connect(ConnectionUrl url) {
        RunningBroker broker = new RunningBroker(Links.make(url, cause -> {}));
        boolean opened = false;
        try {
            Link.Peer peer = await(broker.link.open());
            broker.clockAheadMs = peer.serverTimeMs() - System.currentTimeMillis();
            opened = true;
        } finally {
            if (!opened) {
                broker.close();
            }
        }
        return broker;
    }

    /** Tells by how much the broker's clock was ahead of this machine's when it was connected. */
    long clockAheadMs() {
        return clockAheadMs;
    }

    /** Returns all rows of an answer, however many pages they fill. */
    List<Fields> all(ManageOperation operation, Fields about) {
        List<Fields> rows = new ArrayList<>();
        String after = null;
        do {
            BrokerFrame.Managed page = page(operation, about, after);
            rows.addAll(page.rows());
            after = page.next();
        } while (after != null);
        return rows;
    }

    /** Returns the one row of an answer. */
    Fields one(ManageOperation operation, Fields about) {
        BrokerFrame.Managed page = page(operation, about, null);
        if (page.rows().size() != 1) {
            throw WireException.malformed("an answer of " + page.rows().size() + " rows, not one");
        }
        return page.rows().get(0);
    }

    private BrokerFrame.Managed page(ManageOperation operation, Fields about, String after) {
        Fields.Builder fields = new Fields.Builder();
        about.values()
                .forEach(
                        (name, value) -> {
                            if (value instanceof Boolean flag) {
                                fields.put(name, flag.booleanValue());
                            } else if (value instanceof Long number) {
                                fields.put(name, number.longValue());
                            } else {
                                fields.put(name, (String) value);
                            }
                        });
        return await(link.manage(operation.number(), fields.put("after", after).build()));
    }

    /**
     * Looks at a destination.
     *
     * @param kind queue or topic
     * @throws WireException {@link ErrorCode#NO_SUCH_DESTINATION}, with the name that may be meant
     */
    Fields destination(String kind, String name) {
        Fields about = new Fields.Builder().put("kind", kind).put("name", name).build();
        try {
            return one(ManageOperation.DESTINATIONS, about);
        } catch (WireException e) {
            if (e.code() != ErrorCode.NO_SUCH_DESTINATION) {
                throw e;
            }
            throw new WireException(
                    e.code(),
                    "there is no "
                            + kind
                            + " \""
                            + name
                            + '"'
                            + NearestName.hint(name, names(kind)));
        }
    }

    private List<String> names(String kind) {
        List<String> names = new ArrayList<>();
        Fields about = new Fields.Builder().put("kind", kind).build();
        String after = null;
        do {
            BrokerFrame.Managed page = page(ManageOperation.DESTINATIONS, about, after);
            page.rows().forEach(row -> names.add(row.text("name")));
            after = page.next();
        } while (after != null && names.size() < NAMES_MAX);
        return names;
    }

    /**
     * Shows messages of a queue that exists, in the order of their delivery, and takes none.
     *
     * @param selector which, or null
     * @param wantsMore takes a message, and tells whether it wants another
     */
    void browse(String queue, String selector, Predicate<Link.Delivery> wantsMore) {
        browse(new Reading("queue", queue, null, selector, false), wantsMore);
    }

    /**
     * Shows what is ready of a queue, or what a topic keeps, and takes none: a portion at a time,
     * so that neither side has more of it in memory.
     *
     * @param reading of what; without a start where it is a queue
     * @param wantsMore takes a message, and tells whether it wants another
     */
    void browse(Reading reading, Predicate<Link.Delivery> wantsMore) {
        LogReader reader = new LogReader(link, false, wantsMore);
        Link.ConsumerSpec spec =
                new Link.ConsumerSpec(
                        LogReader.CONSUMER,
                        ClientFrame.Source.BROWSER,
                        reading.destinationKind(),
                        reading.name,
                        null,
                        reading.selector,
                        false,
                        reading.start,
                        false,
                        false);
        await(link.attach(spec, reader));
        reader.readToEnd();
        await(link.detach(LogReader.CONSUMER));
    }

    /**
     * What is read of a log.
     *
     * @param kind queue or topic
     * @param name the destination, which exists
     * @param start where to begin
     * @param selector which messages, or null for all
     * @param waits whether to wait for more at the end
     */
    record Reading(String kind, String name, String start, String selector, boolean waits) {
        DestinationKind destinationKind() {
            return kind.equals("queue") ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        }
    }

    /**
     * Shows messages in the order of the log, consumed or not, and takes none. The past of a topic
     * is browsed: a subscription would have to be told of all of it first, and would deliver the
     * urgent ones before the others.
     *
     * @param wantsMore takes a message, and tells whether it wants another
     */
    void read(Reading reading, Predicate<Link.Delivery> wantsMore) {
        DestinationKind kind = reading.destinationKind();
        if (!kind.isQueue() && !reading.waits) {
            browse(reading, wantsMore);
            return;
        }
        LogReader reader = new LogReader(link, true, wantsMore);
        Link.ConsumerSpec spec =
                new Link.ConsumerSpec(
                        LogReader.CONSUMER,
                        kind.isQueue() ? ClientFrame.Source.SIDE : ClientFrame.Source.TOPIC,
                        kind,
                        reading.name,
                        null,
                        reading.selector,
                        false,
                        reading.start,
                        false,
                        true);
        await(link.attach(spec, reader));
        if (reading.waits) {
            reader.follow();
        } else {
            reader.readToEnd();
        }
        await(link.detach(LogReader.CONSUMER));
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WireException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireException(ErrorCode.CONNECTION_LOST, "interrupted");
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
