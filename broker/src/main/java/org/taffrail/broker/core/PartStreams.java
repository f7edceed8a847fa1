// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the parts of large messages to their consumers, in turn: so many bytes in each step (give
 * or take a part), so few reads at once, and so much told that can't be said yet, that the memory
 * needed does not depend on how large the messages are nor how many are on their way. Parts are
 * told as they arrive, or read for those who come later, and never enter the {@link Window}, from
 * which they would push out everything else.
 */
final class PartStreams {
    /** How many streams read at once. */
    private static final int LOADS_MAX = 8;

    /** So many steps' bytes may be told and not said. */
    private static final int UNSAID_STEPS_MAX = 8;

    private final Decisions decisions;
    private final ArrayDeque<PartStream> ready = new ArrayDeque<>();

    /** Those that wait for a part to be read or to arrive. */
    private final Map<Partition, List<PartStream>> waiting = new HashMap<>();

    private int loads;
    private int left;

    PartStreams(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Begins a step of the core. */
    void step() {
        left = decisions.limits().partStepBytes();
    }

    /** Takes a message whose head was told to the consumer, which holds it if it is no browser. */
    void begin(Consumer consumer, long offset, RecordView head) {
        PartStream stream = new PartStream(this, consumer, offset, head);
        if (stream.hold != null) {
            stream.hold.bind();
        }
        consumer.stream = stream;
        goOn(consumer);
    }

    /** Lets the stream of a consumer go on, if there is one that can. */
    void goOn(Consumer consumer) {
        PartStream stream = consumer.stream;
        if (stream != null && !stream.queued && !isWaiting(stream)) {
            stream.queued = true;
            ready.add(stream);
        }
    }

    /** Tells parts; consumers whose messages are whole by it may be served after that. */
    void work() {
        for (int turns = ready.size(); turns > 0 && mayTell(); turns--) {
            PartStream stream = ready.poll();
            stream.queued = false;
            if (stream.isUnderWay() && stream.hasVanished()) {
                vanished(stream);
            } else if (stream.isUnderWay() && !stream.consumer.client.paused) {
                advance(stream);
            }
        }
    }

    /** Whether {@link #work} has something to do. */
    boolean canGoOn() {
        return !ready.isEmpty() && loads < LOADS_MAX && maySay();
    }

    private boolean mayTell() {
        return left > 0 && loads < LOADS_MAX && maySay();
    }

    private boolean maySay() {
        long unsaidMax = (long) UNSAID_STEPS_MAX * decisions.limits().partStepBytes();
        return decisions.output().unsaidPartBytes() < unsaidMax;
    }

    private void advance(PartStream stream) {
        Partition partition = stream.partition();
        long offset = stream.nextOffset();
        Window.Run run = partition.find(offset);
        if (run != null) {
            tell(stream, run.array, run.recordAt(offset));
            goOn(stream.consumer);
            return;
        }
        waiting.computeIfAbsent(partition, each -> new ArrayList<>(1)).add(stream);
        if (offset < partition.end()) {
            stream.loading = true;
            loads++;
            decisions.load(partition, offset);
        }
    }

    /**
     * Takes a part that has just arrived.
     *
     * @param own false if the array may be used again
     */
    void arrived(Partition partition, long offset, byte[] array, int at, boolean own) {
        List<PartStream> all = waiting.get(partition);
        if (all == null) {
            return;
        }
        for (PartStream stream : List.copyOf(all)) {
            if (!stream.loading && stream.nextOffset() == offset) {
                stopWaiting(stream);
                if (!stream.consumer.client.paused && maySay()) {
                    int end = at + RecordLayout.length(array, at);
                    byte[] kept = own ? array : Arrays.copyOfRange(array, at, end);
                    tell(stream, kept, own ? at : 0);
                }
                goOn(stream.consumer);
            }
        }
    }

    /** Takes records that were asked for; a stream that can't tell its part now asks again. */
    void loaded(Partition partition, long fromOffset, List<byte[]> runs) {
        List<PartStream> all = waiting.get(partition);
        if (all == null) {
            return;
        }
        for (PartStream stream : List.copyOf(all)) {
            if (!stream.loading || stream.nextOffset() != fromOffset) {
                continue;
            }
            stopWaiting(stream);
            if (stream.mayLoseParts() && !PassingRuns.isAmong(runs, fromOffset)) {
                vanished(stream);
                continue;
            }
            for (byte[] run : runs) {
                boolean next =
                        stream.isUnderWay() && RunLayout.offset(run, 0) == stream.nextOffset();
                if (next && !stream.consumer.client.paused && maySay()) {
                    tell(stream, run, RunLayout.HEADER_BYTES);
                }
            }
            goOn(stream.consumer);
        }
    }

    private void tell(PartStream stream, byte[] array, int at) {
        if (!RecordLayout.isPart(array, at)) {
            throw new IllegalStateException(
                    "partition "
                            + stream.partition().id
                            + " has lost the part at offset "
                            + stream.nextOffset());
        }
        Consumer consumer = stream.consumer;
        int length = RecordLayout.length(array, at) - RecordLayout.FIXED_BYTES;
        left -= length;
        decisions.tellOf(
                consumer,
                stream.offset,
                new BrokerFrame.DeliverPart(
                        consumer.id,
                        stream.partition().id,
                        stream.offset,
                        stream.next(),
                        array,
                        at + RecordLayout.FIXED_BYTES,
                        length));
        if (stream.told()) {
            ended(stream);
            if (stream.hold != null) {
                consumer.free(stream.hold);
            }
        }
    }

    /** Hears that a group has settled messages: those that are shown to browsers end. */
    void settled(Position position) {
        List<PartStream> all = waiting.get(position.partition);
        if (all != null) {
            for (PartStream stream : List.copyOf(all)) {
                if (stream.consumer.group.position == position && stream.hasVanished()) {
                    vanished(stream);
                }
            }
        }
    }

    private void vanished(PartStream stream) {
        stream.refund();
        ended(stream);
    }

    /** Ends a stream along with its consumer. */
    void takeBack(PartStream stream) {
        if (stream.hold != null) {
            decisions.releaseUnseen(stream.hold);
        } else {
            ended(stream);
        }
    }

    /** Ends a stream; its consumer may take other messages. */
    void ended(PartStream stream) {
        stopWaiting(stream);
        stream.consumer.stream = null;
        decisions.dispatcher().enqueue(stream.consumer.group);
    }

    private boolean isWaiting(PartStream stream) {
        List<PartStream> all = waiting.get(stream.partition());
        return all != null && all.contains(stream);
    }

    private void stopWaiting(PartStream stream) {
        Partition partition = stream.partition();
        List<PartStream> all = waiting.get(partition);
        if (all == null || !all.remove(stream)) {
            return;
        }
        if (all.isEmpty()) {
            waiting.remove(partition);
        }
        loads -= stream.loading ? 1 : 0;
        stream.loading = false;
    }
}
