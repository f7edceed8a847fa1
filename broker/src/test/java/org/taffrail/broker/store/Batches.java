// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds the batches that the tests of stores append, and takes them apart again. */
public final class Batches {
    private final Batch batch;

    private Batches(boolean relaxed, long timeMs) {
        batch = new Batch(relaxed, timeMs);
    }

    /** Begins a batch that must survive. */
    public static Batches at(long timeMs) {
        return new Batches(false, timeMs);
    }

    /** Begins a batch that need not survive. */
    public static Batches relaxedAt(long timeMs) {
        return new Batches(true, timeMs);
    }

    /** Adds events. */
    public Batches event(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        batch.events().putBytes(bytes, 0, bytes.length);
        return this;
    }

    /** Adds a run with a record for each body. */
    public Batches run(long partition, String... bodies) {
        encode(batch.runs(), partition, bodies);
        return this;
    }

    /** Adds a run that is staged, with a record for each body. */
    public Batches stage(long stagingId, long partition, String... bodies) {
        ByteSink sink = new ByteSink(256);
        encode(sink, partition, bodies);
        batch.stage(stagingId, sink.array(), 0, sink.length());
        return this;
    }

    /** Commits what was staged. */
    public Batches commit(long stagingId) {
        batch.commit(stagingId);
        return this;
    }

    /** Gives up what was staged. */
    public Batches abort(long stagingId) {
        batch.abort(stagingId);
        return this;
    }

    private void encode(ByteSink sink, long partition, String... bodies) {
        int at = RunLayout.begin(sink, partition, 7, 1);
        RecordEncoder encoder = new RecordEncoder(sink);
        for (String body : bodies) {
            encoder.begin(1, 2, batch.timeMs(), !batch.relaxed(), 4).bodyType(BodyType.TEXT, false);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            sink.putBytes(bytes, 0, bytes.length);
            encoder.end();
        }
        RunLayout.end(sink, at, bodies.length);
    }

    /** Ends it. */
    public Batch build() {
        return batch;
    }

    /** Returns copies of a batch's runs. */
    public static List<byte[]> runsOf(Batch batch) {
        List<byte[]> runs = new ArrayList<>();
        byte[] array = batch.runs().array();
        batch.forEachRun(
                at -> runs.add(Arrays.copyOfRange(array, at, at + RunLayout.length(array, at))));
        return runs;
    }

    /** The bodies of a run's records, each after a space. */
    public static String bodiesOf(byte[] run) {
        StringBuilder bodies = new StringBuilder();
        RecordView record = new RecordView();
        int at = RunLayout.HEADER_BYTES;
        for (int i = RunLayout.count(run, 0); i > 0; i--) {
            record.wrap(run, at);
            bodies.append(' ');
            bodies.append(
                    new String(run, record.bodyAt(), record.bodyLength(), StandardCharsets.UTF_8));
            at += record.length();
        }
        return bodies.toString();
    }

    /** Says what a batch holds, so that two batches are equal where the texts are. */
    public static String describe(Batch batch) {
        StringBuilder text = new StringBuilder();
        text.append(batch.relaxed() ? "relaxed " : "").append(batch.timeMs()).append(" ");
        text.append(new String(batch.events().toByteArray(), StandardCharsets.UTF_8));
        for (byte[] run : runsOf(batch)) {
            text.append(" ").append(describe(run));
        }
        return text.toString();
    }

    /**
     * Says what a run holds: partition, first offset, records, incarnation and a hash of all bytes.
     */
    public static String describe(byte[] run) {
        return RunLayout.partition(run, 0)
                + ":"
                + RunLayout.offset(run, 0)
                + "+"
                + RunLayout.count(run, 0)
                + "@"
                + RunLayout.appendTimeMs(run, 0)
                + "/"
                + RunLayout.incarnation(run, 0)
                + "#"
                + Integer.toHexString(Arrays.hashCode(run));
    }
}
