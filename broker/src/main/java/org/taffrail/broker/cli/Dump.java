// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.journal.FolderReader;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes lines of what a log holds. */
final class Dump implements FolderReader.Visitor {
    private static final long NO_OFFSET = -1;

    private final DumpFilter filter;
    private final boolean bodies;
    private final Consumer<DumpLine> out;
    private final RecordView record = new RecordView();
    private long left;

    Dump(DumpFilter filter, long limit, boolean bodies, Consumer<DumpLine> out) {
        this.filter = filter;
        this.left = limit;
        this.bodies = bodies;
        this.out = out;
    }

    private void say(DumpLine line) {
        if (left > 0) {
            left--;
            out.accept(line);
        }
    }

    @Override
    public boolean hasEnough() {
        return left == 0;
    }

    private static String time(long ms) {
        return ms == 0 ? null : Instant.ofEpochMilli(ms).toString();
    }

    @Override
    public void batch(FolderReader.Entry batch) {
        if (filter.isOpen()) {
            say(
                    at("batch", batch.place())
                            .put("sequence", batch.sequence())
                            .put("durable", batch.durable())
                            .put("epoch", batch.epoch())
                            .put("time", time(batch.timeMs()))
                            .put("relaxed", batch.relaxed())
                            .put("eventBytes", batch.eventBytes())
                            .put("runBytes", batch.runBytes()));
        }
    }

    private static DumpLine at(String kind, FolderReader.Place place) {
        return new DumpLine(kind).put("file", place.file()).put("position", place.position());
    }

    @Override
    public void run(FolderReader.Place place, byte[] array, int at) {
        long partition = RunLayout.partition(array, at);
        long offset = RunLayout.offset(array, at);
        int count = RunLayout.count(array, at);
        if (filter.wants(partition, offset, offset + count - 1)) {
            say(
                    at("run", place)
                            .put("partition", partition)
                            .put("offset", offset)
                            .put("count", count)
                            .put("bytes", RunLayout.length(array, at))
                            .put("time", time(RunLayout.appendTimeMs(array, at)))
                            .put("incarnation", RunLayout.incarnation(array, at)));
            records(array, at, partition, offset);
        }
    }

    @Override
    public void staged(long stagingId, byte[] array, int at) {
        long partition = RunLayout.partition(array, at);
        if (filter.wants(partition) && !filter.byOffset()) {
            say(
                    new DumpLine("staged")
                            .put("staging", stagingId)
                            .put("partition", partition)
                            .put("count", RunLayout.count(array, at))
                            .put("bytes", RunLayout.length(array, at)));
            records(array, at, partition, NO_OFFSET);
        }
    }

    @Override
    public void committed(long stagingId, List<Batch.Placed> placed) {
        for (Batch.Placed each : placed) {
            if (filter.wants(each.partition(), each.firstOffset(), each.end() - 1)) {
                say(
                        new DumpLine("committed")
                                .put("staging", stagingId)
                                .put("partition", each.partition())
                                .put("offset", each.firstOffset())
                                .put("count", each.records()));
            }
        }
    }

    @Override
    public void aborted(long stagingId) {
        if (filter.isOpen()) {
            say(new DumpLine("aborted").put("staging", stagingId));
        }
    }

    private void records(byte[] array, int runAt, long partition, long firstOffset) {
        int at = runAt + RunLayout.HEADER_BYTES;
        for (int i = 0; i < RunLayout.count(array, runAt); i++) {
            long offset = firstOffset == NO_OFFSET ? NO_OFFSET : firstOffset + i;
            record.wrap(array, at);
            if (offset == NO_OFFSET || filter.wants(partition, offset, offset)) {
                say(describe(array, at, offset));
            }
            at += record.length();
        }
    }

    private DumpLine describe(byte[] array, int at, long offset) {
        boolean part = RecordLayout.isPart(array, at);
        DumpLine line = new DumpLine(part ? "part" : "record");
        if (offset != NO_OFFSET) {
            line.put("offset", offset);
        }
        line.put("id", part ? null : record.messageId())
                .put("priority", record.priority())
                .put("persistent", record.persistent());
        if (!part) {
            byte[] correlation = record.correlationBytes();
            line.put("timestamp", time(record.timestampMs()))
                    .put("type", record.type())
                    .put("expiration", time(record.expirationMs()))
                    .put("deliveryTime", time(record.deliveryTimeMs()))
                    .put("correlationId", record.correlationText())
                    .put("correlationBytes", correlation == null ? null : base64(correlation))
                    .put("group", record.key())
                    .put("body", record.bodyType().name().toLowerCase(Locale.ROOT))
                    .put("compressed", record.compressed())
                    .put("parts", record.partCount());
        }
        line.put("bodyBytes", record.bodyLength());
        if (bodies && record.bodyLength() > 0) {
            line.put("content", content(array, part));
        }
        return line;
    }

    private String content(byte[] array, boolean part) {
        int from = record.bodyAt();
        byte[] body = Arrays.copyOfRange(array, from, from + record.bodyLength());
        boolean text =
                !part
                        && record.bodyType() == BodyType.TEXT
                        && !record.compressed()
                        && record.partCount() == 0;
        return text ? new String(body, StandardCharsets.UTF_8) : base64(body);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
