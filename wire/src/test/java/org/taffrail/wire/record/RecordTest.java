// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

class RecordTest {
    @Property(tries = 500)
    void everyFieldComesBackExactly(@ForAll long seed) {
        Random random = new Random(seed);
        ByteSink sink = new ByteSink(16);
        sink.putBytes(new byte[7], 0, 7);
        int at = sink.length();
        SampleRecords.Expected[] expected = SampleRecords.run(random, sink);
        RunCheck.check(sink.array(), at, sink.length() - at);
        assertEquals(expected.length, RunLayout.count(sink.array(), at));
        int recordAt = at + RunLayout.HEADER_BYTES;
        RecordView view = new RecordView();
        for (SampleRecords.Expected record : expected) {
            assertSame(record, view.wrap(sink.array(), recordAt));
            assertEquals(record.expirationMs, RecordLayout.expirationMs(sink.array(), recordAt));
            assertEquals(
                    record.deliveryTimeMs, RecordLayout.deliveryTimeMs(sink.array(), recordAt));
            assertEquals(record.key != null, RecordLayout.hasKey(sink.array(), recordAt));
            recordAt += view.length();
        }
        assertEquals(sink.length(), recordAt);
    }

    private static void assertSame(SampleRecords.Expected expected, RecordView view) {
        assertEquals(expected.idHigh, view.idHigh());
        assertEquals(expected.idLow, view.idLow());
        assertEquals(expected.timestampMs, view.sentMs());
        assertEquals(expected.timestampDisabled ? 0 : expected.timestampMs, view.timestampMs());
        assertEquals(expected.persistent, view.persistent());
        assertEquals(expected.priority, view.priority());
        assertEquals(expected.bodyType, view.bodyType());
        assertEquals(expected.bodyNull, view.bodyIsNull());
        assertEquals(expected.compressed, view.compressed());
        assertEquals(expected.expirationMs, view.expirationMs());
        assertEquals(expected.deliveryTimeMs, view.deliveryTimeMs());
        assertEquals(expected.key, view.key());
        assertEquals(expected.correlation, view.correlationText());
        assertArrayEquals(expected.correlationBytes, view.correlationBytes());
        assertEquals(expected.type, view.type());
        assertEquals(expected.replyToKind, view.replyToKind());
        assertEquals(expected.replyTo, view.replyToName());
        assertEquals(expected.clientId, view.clientId());
        assertEquals(expected.userId, view.userId());
        if (expected.foreignId != null) {
            assertEquals(expected.foreignId, view.messageId());
        }
        Map<String, Object> properties = view.properties();
        assertEquals(expected.properties.size(), view.propertyCount());
        assertEquals(expected.properties.keySet(), properties.keySet());
        expected.properties.forEach(
                (name, value) ->
                        assertTrue(
                                Arrays.deepEquals(
                                        new Object[] {value}, new Object[] {properties.get(name)}),
                                name));
        assertArrayEquals(
                expected.body,
                Arrays.copyOfRange(view.array(), view.bodyAt(), view.bodyAt() + view.bodyLength()));
    }

    @Test
    void aSmallMessageCarriesFewBytesOfFields() {
        ByteSink sink = new ByteSink(16);
        int at = RunLayout.begin(sink, 1, 2, 3);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        sink.putBytes(new byte[100], 0, 100);
        assertEquals(RecordLayout.FIXED_BYTES + 100, encoder.end());
        RunLayout.end(sink, at, 1);
        RunCheck.check(sink.array(), at, sink.length());
    }

    @Test
    void keepsItsBytesFromVersionToVersion() {
        ByteSink sink = new ByteSink(16);
        int at = RunLayout.begin(sink, 7, 0x0102030405060708L, 42);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(0x1111111111111111L, 0x2222222222222222L, 1_700_000_000_000L, true, 9)
                .bodyType(BodyType.TEXT, false)
                .expiration(1_700_000_060_000L)
                .correlation("c")
                .replyTo(DestinationKind.TEMPORARY_QUEUE, "r")
                .properties(Map.of("n", 5));
        sink.putBytes(new byte[] {'h', 'i'}, 0, 2);
        encoder.end();
        RunLayout.end(sink, at, 1);
        RunLayout.stamp(sink.array(), at, 7, 99, 1_700_000_000_001L, 3);
        assertEquals(GOLDEN.replaceAll("\\s", ""), HexFormat.of().formatHex(sink.toByteArray()));
    }

    private static final String GOLDEN =
            """
            81000000732e23f2010040000100000008070605040302012a00000000000000
            070000000000000063000000000000000168e5cf8b01000003000000a1330f9c
            4100000033004904111111111111111122222222222222220068e5cf8b010000
            6052e6cf8b010000010063020100720c0000000100000001006e040500000068
            69
            """;

    @Test
    void aKeyHasTheSameHashForEver() {
        assertEquals(0xCBF29CE484222325L, keyHash(null));
        assertEquals(0xAF63DC4C8601EC8CL, keyHash("a"));
        assertEquals(0x85944171F73967E8L, keyHash("foobar"));
    }

    private static long keyHash(String key) {
        ByteSink sink = new ByteSink(64);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.TEXT, false).expiration(9).key(key);
        encoder.end();
        return new RecordView().wrap(sink.array(), 0).keyHash();
    }

    @Test
    void marksACopyAndKeepsTheMessageId() {
        Random random = new Random(5);
        ByteSink sink = new ByteSink(16);
        SampleRecords.Expected original = SampleRecords.random(random);
        original.foreignId = null;
        original.properties.put("kept", "yes");
        original.expirationMs = 77;
        original.timestampDisabled = true;
        SampleRecords.encode(original, sink);
        RecordView view = new RecordView().wrap(sink.array(), 0);

        ByteSink copy = new ByteSink(16);
        RecordEditor.copy(copy, 12, view, RecordEditor.adding(view, Map.of("origin", "orders")));

        RunCheck.check(copy.array(), 0, copy.length());
        RecordView copied = new RecordView().wrap(copy.array(), RunLayout.HEADER_BYTES);
        assertTrue(copied.copy());
        assertEquals(view.messageId(), copied.messageId());
        assertTrue(copied.timestampDisabled());
        assertEquals(original.timestampMs, copied.sentMs());
        assertEquals(0, copied.expirationMs());
        assertEquals(0, RunLayout.producer(copy.array(), 0));
        assertEquals("orders", copied.properties().get("origin"));
        assertEquals("yes", copied.properties().get("kept"));
        assertEquals(view.bodyLength(), copied.bodyLength());
    }

    private static ByteSink withProperties(int count) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            properties.put("p" + i, i);
        }
        ByteSink sink = new ByteSink(16);
        int at = RunLayout.begin(sink, 1, 2, 3);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.NONE, false).properties(properties).end();
        RunLayout.end(sink, at, 1);
        return sink;
    }

    @Test
    void hasAsManyPropertiesAsThereMayBeAndNoMore() {
        ByteSink most = withProperties(RunCheck.PROPERTIES_MAX);
        RunCheck.check(most.array(), 0, most.length());
        RecordView view = new RecordView().wrap(most.array(), RunLayout.HEADER_BYTES);
        assertEquals(RunCheck.PROPERTIES_MAX, view.properties().size());

        ByteSink more = withProperties(RunCheck.PROPERTIES_MAX + 1);
        WireException refused =
                assertThrows(
                        WireException.class, () -> RunCheck.check(more.array(), 0, more.length()));
        assertEquals(ErrorCode.MALFORMED, refused.code());
    }

    @Test
    void aCopyOfAMessageWithAllPropertiesIsSound() {
        ByteSink most = withProperties(RunCheck.PROPERTIES_MAX);
        RecordView view = new RecordView().wrap(most.array(), RunLayout.HEADER_BYTES);

        ByteSink copy = new ByteSink(16);
        RecordEditor.copy(
                copy, 12, view, RecordEditor.adding(view, Map.of("origin", "orders", "why", "x")));

        RunCheck.check(copy.array(), 0, copy.length());
        RecordView copied = new RecordView().wrap(copy.array(), RunLayout.HEADER_BYTES);
        assertEquals(RunCheck.PROPERTIES_MAX + 2, copied.propertyCount());
    }

    @Test
    void letsSelectorsReadInPlace() throws SelectorSyntaxException {
        ByteSink sink = new ByteSink(16);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 1000, true, 7)
                .bodyType(BodyType.NONE, false)
                .key("customer-9")
                .correlation("c-1")
                .type("order")
                .properties(Map.of("amount", 12.5, "region", "süd", "vip", true, "pos", (short) 3));
        encoder.end();
        RecordView view = new RecordView().wrap(sink.array(), 0);
        SelectorRecord input = new SelectorRecord();
        String[] selecting = {
            "JMSDeliveryMode = 'PERSISTENT'",
            "JMSPriority > 6",
            "JMSTimestamp = 1000",
            "JMSMessageID = '" + view.messageId() + "'",
            "JMSCorrelationID = 'c-1'",
            "JMSType IN ('order', 'offer')",
            "JMSXGroupID LIKE 'customer-%'",
            "amount BETWEEN 12 AND 13",
            "region = 'süd' AND vip",
            "pos + 1 = 4",
            "absent IS NULL",
        };
        for (String selector : selecting) {
            assertTrue(input.matches(Selector.parse(selector), view), selector);
        }
        assertTrue(!input.matches(Selector.parse("absent = 1 OR region = 'nord'"), view));
    }

    @Property(tries = 300)
    void refusesEveryDamagedRunWithATypedError(@ForAll long seed) {
        Random random = new Random(seed);
        ByteSink sink = new ByteSink(16);
        SampleRecords.run(random, sink);
        byte[] run = sink.toByteArray();

        int flipped = flipAt(random, run.length);
        byte[] damaged = run.clone();
        damaged[flipped] ^= (byte) (1 << random.nextInt(8));
        assertRefused(damaged, damaged.length);

        int cut = random.nextInt(run.length);
        assertRefused(Arrays.copyOf(run, cut), cut);
        assertRefused(Arrays.copyOf(run, run.length + 1), run.length + 1);
    }

    /** A place that the first checksum (or a check before it) covers. */
    private static int flipAt(Random random, int length) {
        int at = random.nextInt(length);
        boolean brokersOwn = at >= RunLayout.PARTITION && at < RunLayout.HEADER_BYTES;
        return brokersOwn ? at - RunLayout.PARTITION : at;
    }

    private static void assertRefused(byte[] run, int length) {
        WireException refusal =
                assertThrows(WireException.class, () -> RunCheck.check(run, 0, length));
        assertTrue(refusal.code() != ErrorCode.INTERNAL, refusal.toString());
    }

    @Property(tries = 2000)
    void survivesRecordsWhoseLengthsLie(@ForAll long seed) {
        Random random = new Random(seed);
        ByteSink sink = new ByteSink(16);
        SampleRecords.run(random, sink);
        byte[] run = sink.toByteArray();
        for (int i = 0; i < 3; i++) {
            int at = RunLayout.HEADER_BYTES + random.nextInt(run.length - RunLayout.HEADER_BYTES);
            run[at] = (byte) random.nextInt();
        }
        // With a right checksum over wrong bytes, only the checks of the structure protect.
        Bytes.putInt(run, RunLayout.CRC, RunLayout.fixedCrc(run, 0));
        try {
            RunCheck.check(run, 0, run.length);
        } catch (WireException refused) {
            return;
        }
        readEverything(run);
    }

    private static void readEverything(byte[] run) {
        int at = RunLayout.HEADER_BYTES;
        RecordView view = new RecordView();
        for (int i = 0; i < RunLayout.count(run, 0); i++) {
            view.wrap(run, at);
            view.messageId();
            view.key();
            view.correlationText();
            view.correlationBytes();
            view.type();
            view.replyToKind();
            view.replyToName();
            view.clientId();
            view.userId();
            view.properties();
            assertTrue(view.partBytes() >= view.partCount());
            assertTrue(view.bodyLength() >= 0);
            at += view.length();
        }
    }
}
