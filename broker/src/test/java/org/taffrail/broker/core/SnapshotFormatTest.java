// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.HexFormat;

/** The bytes of a snapshot's parts, version by version: each can be read for ever. */
class SnapshotFormatTest {
    private static final String COMMON = "020300000000000000";

    /** A queue with two messages. */
    private static final String VERSION_1 =
            """
            010001000000710100000000000000020000000000000001000000020000000000000000
            ffffffffffffffff00000000000000000000000000000000000000000000000000000000
            00000100000000000000140000003a300000010000000000010010000000000001000000
            000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000
            """
                    .replaceAll("\\s", "");

    /** The same with a large message of four parts between the two. */
    private static final String VERSION_2 =
            """
            020001000000710100000000000000070000000000000001000000020000000000000000
            ffffffffffffffff00000000000000000000000000000000000000000000000000000000
            00000100000000000000160000003a300000010000000000020010000000000001000600
            000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000001000000010000000000000004000000
            """
                    .replaceAll("\\s", "");

    /** The same with a group that has begun with what was new and lost nothing, and no timeline. */
    private static final String VERSION_3 =
            "03" + VERSION_2.substring(2) + "00".repeat(8 + 4 + 1 + 1);

    private static Core restored(String part) {
        Core core = new Core(Limits.defaults(), new RecoveringOutput(), 2);
        core.restore(0, 9, HexFormat.of().parseHex(COMMON));
        core.restore(1, 9, HexFormat.of().parseHex(part));
        return core;
    }

    @Test
    void versionOneKnowsNoLargeMessages() {
        Core core = restored(VERSION_1);

        assertEquals(
                """
                QUEUE q #1 end=2
                  QUEUE null of null #2 selector= noLocal=false from=0 markedBelow=0 exposed=false
                    0: p4
                    1: p4
                    expiries={}
                """,
                core.durableState());
        assertFalse(core.needs(1, 2, 9));
    }

    @Test
    void versionTwoEndsWithThem() {
        Core core = restored(VERSION_2);

        assertTrue(core.durableState().contains("\n  large={1=4}\n"), core.durableState());
        assertTrue(core.needs(1, 5, 5));
        assertFalse(core.needs(1, 7, 9));
    }

    @Test
    void versionThreeEndsWithThePast() {
        String past = "01" + number(1) + number(0) + number(0) + number(-1) + "00";
        String lost = number(7) + "00000000";
        Core core = restored("03" + VERSION_2.substring(2) + lost + past + "01" + timeline());

        String state = core.durableState();
        assertTrue(state.contains("told up to 1 of -1 lost=7 "), state);
        assertTrue(core.needs(1, 9, 9), "the group is to be told of it");
    }

    private static String number(long value) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(value));
    }

    private static String timeline() {
        return number(16 * 1024) + number(1000) + number(0) + number(0) + "00000000";
    }

    @Test
    void isWrittenAsVersionFive() {
        CoreRig rig = new CoreRig(TestLimits.limits().recordBytesMax(100));
        TestClient client = rig.connect();
        client.send("q", "a");
        client.sendLarge("q", 40, message("b".repeat(30)));
        client.send("q", "c");

        assertEquals("05" + VERSION_3.substring(2), written(rig, 1));
        assertEquals(
                "05" + COMMON.substring(2) + number(0) + "00000000".repeat(2), written(rig, 0));
    }

    private static String written(CoreRig rig, long key) {
        rig.core().snapshotKeys();
        ByteSink sink = new ByteSink(16);
        assertTrue(rig.core().snapshot(key).write(sink, Long.MAX_VALUE));
        return HexFormat.of().formatHex(sink.toByteArray());
    }

    @Test
    void aNewerVersionIsAnErrorOfItsOwn() {
        String newer = "06" + VERSION_2.substring(2);
        assertEquals(
                ErrorCode.UNSUPPORTED_VERSION,
                assertThrows(WireException.class, () -> restored(newer)).code());
    }
}
