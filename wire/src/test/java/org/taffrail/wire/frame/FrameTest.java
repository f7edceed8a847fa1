// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class FrameTest {
    private static final Fields FIELDS =
            new Fields.Builder().put("name", "süd").put("depth", -5).put("force", true).build();

    private static final Xid XID = new Xid(0x20005, new byte[] {1, -2, 3}, new byte[0]);

    static Stream<ClientFrame> clientFrames() {
        byte[] run = run();
        return Stream.of(
                new ClientFrame.Hello(
                        5, 1 << 20, 30_000, 1, -2, 3, "client", "PLAIN", new byte[] {0, 1}, "x 1"),
                new ClientFrame.Hello(0, 4096, 0, 0, 0, 0, null, "ANONYMOUS", null, null),
                new ClientFrame.Hello(
                        2, 4096, 0, 1, 2, 1, null, "ANONYMOUS", null, null, 1L << 32 | 7, 4711),
                new ClientFrame.Authenticate(new byte[] {1, 2, 3}),
                new ClientFrame.Resolve(7, DestinationKind.TOPIC, "preise/süd"),
                new ClientFrame.Send(9, run, 0, run.length),
                new ClientFrame.Attach(
                        1,
                        2,
                        ClientFrame.Source.SHARED_DURABLE,
                        DestinationKind.TOPIC,
                        "t",
                        "s",
                        "a = 1",
                        true,
                        "earliest",
                        true,
                        true),
                new ClientFrame.Attach(
                        1,
                        2,
                        ClientFrame.Source.QUEUE,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        null),
                new ClientFrame.Credit(1, 1000, 1 << 20, true, 77),
                new ClientFrame.Settle(
                        1, 2, 3, ClientFrame.Verb.RELEASE_SEEN, 4, new long[] {5, 6, 8, 8}),
                new ClientFrame.Settle(0, 0, 3, ClientFrame.Verb.FAIL, 4, new long[0]),
                new ClientFrame.Commit(1, 2),
                new ClientFrame.AskOutcome(5, 1L << 40),
                new BranchFrame.Prepare(6, 1L << 41, XID),
                new BranchFrame.EndBranch(7, XID, true),
                new BranchFrame.ForgetBranch(8, XID),
                new BranchFrame.ListBranches(9, null),
                new BranchFrame.ListBranches(10, "1:01:02"),
                new ClientFrame.Rollback(3, 4),
                new ClientFrame.Detach(5, 6),
                new ClientFrame.Unsubscribe(7, "s"),
                new ClientFrame.CreateTemporary(8, DestinationKind.TEMPORARY_QUEUE),
                new ClientFrame.CreateTemporary(9, DestinationKind.TEMPORARY_TOPIC, "t"),
                new ClientFrame.DeleteTemporary(9, "t"),
                new ClientFrame.Manage(10, ManageOperation.PURGE.number(), FIELDS),
                new ClientFrame.Manage(11, 12345, Fields.NONE),
                new ClientFrame.Ping(),
                new ClientFrame.Goodbye());
    }

    static Stream<BrokerFrame> brokerFrames() {
        byte[] run = run();
        return Stream.of(
                new BrokerFrame.Welcome(
                        1,
                        0,
                        1 << 20,
                        900_000,
                        30_000,
                        99,
                        10,
                        20,
                        30,
                        4,
                        "t 1",
                        BrokerFrame.Recognition.NOTHING_LASTING),
                new BrokerFrame.Challenge(new byte[] {9}),
                new BrokerFrame.Done(1),
                new BrokerFrame.Failed(2, ErrorCode.INVALID_SELECTOR, "position 4"),
                new BrokerFrame.Resolved(3, 4, DestinationKind.QUEUE, "q"),
                new BrokerFrame.Confirm(5, 6),
                new BrokerFrame.Refuse(7, 8, ErrorCode.NO_ROOM, "full"),
                new BrokerFrame.Deliver(
                        1,
                        2,
                        3,
                        4,
                        true,
                        run,
                        RunLayout.HEADER_BYTES,
                        run.length - RunLayout.HEADER_BYTES),
                new BrokerFrame.Deliver(
                        1,
                        2,
                        3,
                        1,
                        false,
                        1_764_000_000_000L,
                        run,
                        RunLayout.HEADER_BYTES,
                        run.length - RunLayout.HEADER_BYTES),
                new BrokerFrame.DeliverPart(1, 2, 3, 4, run, 5, run.length - 5),
                new BrokerFrame.Drained(1, 2),
                new BrokerFrame.ConsumerClosed(1, ErrorCode.NO_SUCH_DESTINATION, null),
                new BrokerFrame.Managed(3, List.of(FIELDS, Fields.NONE), "after"),
                new BrokerFrame.Managed(4, List.of(), null),
                new BrokerFrame.Pong(),
                new BrokerFrame.Closing(ErrorCode.STOPPING, "bye"));
    }

    private static byte[] run() {
        ByteSink sink = new ByteSink(16);
        int at = RunLayout.begin(sink, 1, 2, 3);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.TEXT, false).key("k");
        sink.putBytes(new byte[] {'h', 'i'}, 0, 2);
        encoder.end();
        RunLayout.end(sink, at, 1);
        return sink.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("clientFrames")
    void everyClientFrameComesBack(ClientFrame frame) {
        byte[] bytes = bytes(frame);
        assertSameRecord(frame, new FrameReader().readClient(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @MethodSource("brokerFrames")
    void everyBrokerFrameComesBack(BrokerFrame frame) {
        byte[] bytes = bytes(frame);
        assertSameRecord(frame, new FrameReader().readBroker(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @MethodSource("brokerFrames")
    void aFrameWhoseLastBytesFollowByThemselvesIsTheSame(BrokerFrame frame) {
        ByteSink sink = new ByteSink(16);
        sink.putLong(-1);
        FrameWriter writer = new FrameWriter(sink);
        if (frame instanceof BrokerFrame.Deliver deliver) {
            writer.head(deliver);
            sink.putBytes(deliver.array(), deliver.at(), deliver.length());
        } else if (frame instanceof BrokerFrame.DeliverPart part) {
            writer.head(part);
            sink.putBytes(part.array(), part.at(), part.length());
        } else {
            writer.write(frame);
        }
        assertArrayEquals(bytes(frame), Arrays.copyOfRange(sink.array(), 8, sink.length()));
    }

    @Test
    void theSamplesHoldEveryKindOfFrame() {
        assertEquals(
                // one of the client's kinds stands for all about branches
                ClientFrame.class.getPermittedSubclasses().length
                        - 1
                        + BranchFrame.class.getPermittedSubclasses().length,
                clientFrames().map(Object::getClass).distinct().count());
        assertEquals(
                BrokerFrame.class.getPermittedSubclasses().length,
                brokerFrames().map(Object::getClass).distinct().count());
    }

    @ParameterizedTest
    @MethodSource("clientFrames")
    void aFrameCutOrTooLongIsRefused(ClientFrame frame) {
        byte[] bytes = bytes(frame);
        for (int length = FrameLayout.HEADER_BYTES; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertRefused(cut);
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
    }

    private static void assertRefused(byte[] bytes) {
        WireException refusal =
                assertThrows(
                        WireException.class,
                        () -> new FrameReader().readClient(bytes, 0, bytes.length));
        assertTrue(refusal.code() != ErrorCode.INTERNAL);
    }

    @Property(tries = 5000)
    void randomBytesInAFrameGetATypedErrorOrAFrame(@ForAll long seed) {
        Random random = new Random(seed);
        ClientFrame[] frames = clientFrames().toArray(ClientFrame[]::new);
        byte[] bytes = bytes(frames[random.nextInt(frames.length)]);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
        }
        readEither(bytes);
    }

    @Property(tries = 5000)
    void bytesOutOfNowhereGetATypedErrorOrAFrame(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[FrameLayout.HEADER_BYTES + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[4] = (byte) (1 + random.nextInt(80));
        bytes[5] = (byte) random.nextInt(2);
        bytes[6] = 0;
        bytes[7] = 0;
        readEither(bytes);
    }

    private static void readEither(byte[] bytes) {
        try {
            new FrameReader().readClient(bytes, 0, bytes.length);
        } catch (WireException refused) {
            assertTrue(refused.code() != ErrorCode.INTERNAL, refused.toString());
        }
        try {
            new FrameReader().readBroker(bytes, 0, bytes.length);
        } catch (WireException refused) {
            assertTrue(refused.code() != ErrorCode.INTERNAL, refused.toString());
        }
    }

    @Test
    void managementFramesHaveTheBytesOfTheDocument() {
        Fields fields = new Fields.Builder().put("n", "q").put("d", 2).put("f", true).build();
        String written =
                "03000000 01000000 6e 08 01000000 71 01000000 64 05 0200000000000000"
                        + " 01000000 66 01 01";

        assertBytes(
                "34000000 10 00 0000 07000000 06000000" + written,
                bytes(new ClientFrame.Manage(7, ManageOperation.PURGE.number(), fields)));
        assertBytes(
                "39000000 4d 00 0000 07000000 01000000" + written + " 01000000 78",
                bytes(new BrokerFrame.Managed(7, List.of(fields), "x")));
    }

    private static void assertBytes(String expected, byte[] bytes) {
        assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(bytes));
    }

    @Test
    void aFieldTwiceOrOfAnotherTypeOrWithoutANameIsMalformed() {
        Fields two = new Fields.Builder().put("a", 1).put("b", 2).build();
        byte[] twice = bytes(new ClientFrame.Manage(1, 1, two));
        twice[twice.length - 10] = 'a';
        assertMalformed(twice);
        byte[] bytesValue = bytes(new ClientFrame.Manage(1, 1, two));
        bytesValue[bytesValue.length - 9] = 0;
        assertMalformed(bytesValue);
    }

    private static void assertMalformed(byte[] bytes) {
        assertEquals(
                ErrorCode.MALFORMED,
                assertThrows(
                                WireException.class,
                                () -> new FrameReader().readClient(bytes, 0, bytes.length))
                        .code());
    }

    @Test
    void skipsAnUnknownFrameOnlyWhereItIsOptional() {
        byte[] bytes = bytes(new ClientFrame.Ping());
        bytes[4] = 63;
        WireException refusal =
                assertThrows(
                        WireException.class,
                        () -> new FrameReader().readClient(bytes, 0, bytes.length));
        assertEquals(ErrorCode.UNKNOWN_MANDATORY, refusal.code());
        bytes[5] = FrameLayout.OPTIONAL;
        assertNull(new FrameReader().readClient(bytes, 0, bytes.length));
    }

    @Test
    void lengthsThatLieAreNamedWithTheirLimit() {
        byte[] header = new byte[4];
        Bytes.putInt(header, 0, 5000);
        WireException tooLarge =
                assertThrows(WireException.class, () -> FrameLayout.frameLength(header, 0, 4096));
        assertEquals(ErrorCode.FRAME_TOO_LARGE, tooLarge.code());
        assertTrue(tooLarge.getMessage().contains("5000"));
        assertTrue(tooLarge.getMessage().contains("4096"));
        for (int length : new int[] {7, 0, -1, Integer.MIN_VALUE}) {
            Bytes.putInt(header, 0, length);
            assertEquals(
                    ErrorCode.MALFORMED,
                    assertThrows(
                                    WireException.class,
                                    () -> FrameLayout.frameLength(header, 0, 4096))
                            .code());
        }
    }

    @Test
    void aForeignProtocolAndAForeignVersionAreDifferentErrors() {
        ByteSink sink = new ByteSink(16);
        FrameLayout.putPreamble(sink, 1, 5);
        assertEquals(1, FrameLayout.chooseVersion(sink.array(), 0));
        sink.clear();
        FrameLayout.putPreamble(sink, 2, 5);
        byte[] newer = sink.toByteArray();
        assertEquals(
                ErrorCode.UNSUPPORTED_VERSION,
                assertThrows(WireException.class, () -> FrameLayout.chooseVersion(newer, 0))
                        .code());
        byte[] http = "GET / HT".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                ErrorCode.BAD_MAGIC,
                assertThrows(WireException.class, () -> FrameLayout.chooseVersion(http, 0)).code());
    }

    @Test
    void errorNumbersAreUniqueAndReadBack() {
        for (ErrorCode code : ErrorCode.values()) {
            assertEquals(code, ErrorCode.of(code.number()));
        }
        assertEquals(ErrorCode.INTERNAL, ErrorCode.of(98));
        assertEquals(ErrorCode.INTERNAL, ErrorCode.of(-1));
    }

    private static byte[] bytes(ClientFrame frame) {
        ByteSink sink = new ByteSink(16);
        new FrameWriter(sink).write(frame);
        return sink.toByteArray();
    }

    private static byte[] bytes(BrokerFrame frame) {
        ByteSink sink = new ByteSink(16);
        new FrameWriter(sink).write(frame);
        return sink.toByteArray();
    }

    /** Compares component by component; a slice of bytes counts by its content. */
    private static void assertSameRecord(Object expected, Object actual) {
        assertEquals(expected.getClass(), actual.getClass());
        if (expected instanceof ClientFrame.Send send) {
            ClientFrame.Send other = (ClientFrame.Send) actual;
            assertEquals(send.transactionId(), other.transactionId());
            assertArrayEquals(
                    slice(send.array(), send.at(), send.length()),
                    slice(other.array(), other.at(), other.length()));
            return;
        }
        for (RecordComponent component : expected.getClass().getRecordComponents()) {
            String name = component.getName();
            boolean refers =
                    expected instanceof BrokerFrame.Deliver
                            || expected instanceof BrokerFrame.DeliverPart;
            if (refers && (name.equals("array") || name.equals("at"))) {
                continue;
            }
            assertTrue(
                    Arrays.deepEquals(
                            new Object[] {get(component, expected)},
                            new Object[] {get(component, actual)}),
                    name);
        }
        if (expected instanceof BrokerFrame.Deliver deliver) {
            BrokerFrame.Deliver other = (BrokerFrame.Deliver) actual;
            assertArrayEquals(
                    slice(deliver.array(), deliver.at(), deliver.length()),
                    slice(other.array(), other.at(), other.length()));
        }
        if (expected instanceof BrokerFrame.DeliverPart part) {
            BrokerFrame.DeliverPart other = (BrokerFrame.DeliverPart) actual;
            assertArrayEquals(
                    slice(part.array(), part.at(), part.length()),
                    slice(other.array(), other.at(), other.length()));
        }
    }

    private static byte[] slice(byte[] array, int at, int length) {
        return Arrays.copyOfRange(array, at, at + length);
    }

    private static Object get(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
