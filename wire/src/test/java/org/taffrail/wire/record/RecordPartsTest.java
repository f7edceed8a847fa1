// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

class RecordPartsTest {
    private static final int RECORD_MAX = 1 << 20;

    @Property(tries = 500)
    void anyRecordIsTheSameAfterItsParts(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] record = record(random, 1 + random.nextInt(3000));
        int pieceBytes = RecordLayout.FIXED_BYTES + 1 + random.nextInt(400);

        List<byte[]> runs = cut(record, pieceBytes);

        RecordAssembly assembly = assembly(runs.get(0));
        boolean whole = false;
        for (int i = 1; i < runs.size(); i++) {
            assertFalse(whole);
            assertTrue(runs.get(i).length <= RunLayout.HEADER_BYTES + pieceBytes);
            whole = add(assembly, i - 1, runs.get(i));
        }
        assertTrue(whole);
        assertArrayEquals(record, assembly.record());
    }

    @Property(tries = 200)
    void everyPieceIsAWellFormedRunWithTheIdOfTheMessage(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] record = record(random, 500);
        RecordView whole = new RecordView().wrap(record, 0);
        List<byte[]> runs = cut(record, 100);
        long bytes = 0;
        for (byte[] run : runs) {
            RunCheck.check(run, 0, run.length);
            RecordView piece = new RecordView().wrap(run, RunLayout.HEADER_BYTES);
            boolean head = run == runs.get(0);
            assertEquals(head, RecordLayout.hasParts(run, RunLayout.HEADER_BYTES));
            assertEquals(!head, RecordLayout.isPart(run, RunLayout.HEADER_BYTES));
            assertEquals(whole.idHigh(), piece.idHigh());
            assertEquals(whole.idLow(), piece.idLow());
            assertEquals(whole.persistent(), piece.persistent());
            assertEquals(whole.priority(), piece.priority());
            bytes += head ? 0 : piece.bodyLength();
        }
        RecordView head = new RecordView().wrap(runs.get(0), RunLayout.HEADER_BYTES);
        assertEquals(runs.size() - 1, head.partCount());
        assertEquals(bytes, head.partBytes());
        assertEquals(record.length, head.wholeLength());
        assertEquals(whole.properties().keySet(), head.properties().keySet());
    }

    @Test
    void aPieceThatIsAddressedIsAWellFormedRunToo() {
        RecordParts parts = new RecordParts(record(new Random(3), 500), 0, 100, 1000);
        ByteSink sealed = new ByteSink(16);
        parts.write(sealed, 1, 7);
        RunLayout.address(sealed.array(), 0, 7, 8, 9);
        ByteSink unsealed = new ByteSink(16);
        unsealed.putLong(0);
        parts.writeUnsealed(unsealed, 1, 7);
        RunLayout.address(unsealed.array(), 8, 7, 8, 9);

        RunCheck.check(unsealed.array(), 8, unsealed.length() - 8);
        assertArrayEquals(
                sealed.toByteArray(), Arrays.copyOfRange(unsealed.array(), 8, unsealed.length()));
    }

    @Test
    void keepsItsBytesFromVersionToVersion() {
        ByteSink sink = new ByteSink(16);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(0x1111111111111111L, 0x2222222222222222L, 1_700_000_000_000L, true, 9)
                .bodyType(BodyType.TEXT, false)
                .properties(Map.of("n", 5));
        sink.putBytes("large!".getBytes(StandardCharsets.US_ASCII), 0, 6);
        encoder.end();

        List<byte[]> runs = cut(sink.toByteArray(), RecordLayout.FIXED_BYTES + 4);

        assertEquals(3, runs.size());
        assertEquals(
                "3c0000003300000c111111111111111122222222222222220068e5cf8b010000"
                        + "0c0000000100000001006e0405000000"
                        + "020000000600000000000000",
                hexOfRecord(runs.get(0)));
        assertEquals(
                "2400000013080000111111111111111122222222222222220068e5cf8b0100006c617267",
                hexOfRecord(runs.get(1)));
        assertEquals(
                "2200000013080000111111111111111122222222222222220068e5cf8b0100006521",
                hexOfRecord(runs.get(2)));
    }

    @Test
    void aPartOutOfTurnOrOfAnotherSizeIsRefused() {
        List<byte[]> runs = cut(record(new Random(1), 500), 100);
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, refusal(runs, 1, runs.get(2)));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, refusal(runs, -1, runs.get(1)));
        RecordAssembly assembly = assembly(runs.get(0));
        byte[] tooMuch = new byte[501];
        WireException more =
                assertThrows(WireException.class, () -> assembly.add(0, tooMuch, 0, 501));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, more.code());
    }

    @Test
    void aLastPartThatLeavesAGapIsRefused() {
        List<byte[]> runs = cut(record(new Random(1), 500), 100);
        RecordAssembly assembly = assembly(runs.get(0));
        for (int i = 1; i < runs.size() - 1; i++) {
            add(assembly, i - 1, runs.get(i));
        }
        int last = runs.size() - 2;
        assertThrows(WireException.class, () -> assembly.add(last, new byte[1], 0, 0));
        assertThrows(IllegalStateException.class, assembly::record);
    }

    @Test
    void anAnnouncementBeyondAllBoundsIsRefusedAndOthersCostOnlyWhatCame() {
        byte[] head = cut(record(new Random(1), 500), 100).get(0);
        RecordView view = new RecordView().wrap(head, RunLayout.HEADER_BYTES);
        int bytesAt = view.at(RecordLayout.PARTS) + 4;
        for (long bytes : new long[] {Long.MAX_VALUE, 1L << 31, (1L << 30) + 1}) {
            Bytes.putLong(head, bytesAt, bytes);
            assertEquals(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    assertThrows(WireException.class, () -> assembly(head)).code());
        }
        Bytes.putLong(head, bytesAt, 1L << 30);
        List<RecordAssembly> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(assembly(head));
        }
        assertEquals(10_000, many.size());
    }

    @Test
    void propertiesThatFillAFrameAloneAreRefusedWithTheCure() {
        ByteSink sink = new ByteSink(16);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4)
                .bodyType(BodyType.BYTES, false)
                .properties(Map.of("p", "x".repeat(2000)));
        sink.putBytes(new byte[100], 0, 100);
        encoder.end();
        WireException refusal =
                assertThrows(
                        WireException.class,
                        () -> new RecordParts(sink.array(), 0, 100, 1000).pieces());
        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refusal.code());
        assertTrue(refusal.getMessage().contains("put large values into the body"));
        assertEquals(1 + 2, new RecordParts(sink.array(), 0, 100, 3000).pieces());
    }

    @Test
    void aPartWithAFieldOrAHeadWithoutPartsIsMalformed() {
        List<byte[]> runs = cut(record(new Random(1), 500), 100);
        byte[] part = runs.get(1);
        int bitsAt = RunLayout.HEADER_BYTES + RecordLayout.BITS;
        int bits = Bytes.getInt(part, bitsAt);
        for (int more : new int[] {1 << 5, 1 << 8, 1 << 9, 1 << 10, 1 << 16, 1 << 27}) {
            Bytes.putInt(part, bitsAt, bits | more);
            assertMalformed(part);
        }
        byte[] head = runs.get(0);
        RecordView view = new RecordView().wrap(head, RunLayout.HEADER_BYTES);
        Bytes.putInt(head, view.at(RecordLayout.PARTS), 0);
        assertMalformed(head);
        Bytes.putInt(head, view.at(RecordLayout.PARTS), 1000);
        assertMalformed(head);
    }

    private static void assertMalformed(byte[] run) {
        WireException refusal =
                assertThrows(
                        WireException.class,
                        () ->
                                RunCheck.checkRecord(
                                        run,
                                        RunLayout.HEADER_BYTES,
                                        run.length - RunLayout.HEADER_BYTES));
        assertEquals(ErrorCode.MALFORMED, refusal.code());
    }

    private static ErrorCode refusal(List<byte[]> runs, int index, byte[] part) {
        RecordAssembly assembly = assembly(runs.get(0));
        return assertThrows(WireException.class, () -> add(assembly, index, part)).code();
    }

    private static RecordAssembly assembly(byte[] headRun) {
        return new RecordAssembly(headRun, RunLayout.HEADER_BYTES);
    }

    private static boolean add(RecordAssembly assembly, int index, byte[] run) {
        RecordView part = new RecordView().wrap(run, RunLayout.HEADER_BYTES);
        return assembly.add(index, run, part.bodyAt(), part.bodyLength());
    }

    private static byte[] record(Random random, int bodyBytes) {
        SampleRecords.Expected sample = SampleRecords.random(random);
        sample.body = new byte[bodyBytes];
        random.nextBytes(sample.body);
        ByteSink sink = new ByteSink(16);
        SampleRecords.encode(sample, sink);
        return sink.toByteArray();
    }

    private static List<byte[]> cut(byte[] record, int pieceBytes) {
        RecordParts parts = new RecordParts(record, 0, pieceBytes, RECORD_MAX);
        List<byte[]> runs = new ArrayList<>();
        for (int i = 0; i < parts.pieces(); i++) {
            ByteSink sink = new ByteSink(16);
            parts.write(sink, i, 7);
            runs.add(sink.toByteArray());
        }
        return runs;
    }

    private static String hexOfRecord(byte[] run) {
        return HexFormat.of().formatHex(run, RunLayout.HEADER_BYTES, run.length);
    }
}
