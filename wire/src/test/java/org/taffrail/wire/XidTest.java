// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XidTest {
    private static final Xid XID = new Xid(-2, new byte[] {0, (byte) 0xff}, new byte[] {7});

    @Test
    void equalsOneWithTheSameParts() {
        Xid same = new Xid(-2, new byte[] {0, (byte) 0xff}, new byte[] {7});
        assertEquals(same, XID);
        assertEquals(same.hashCode(), XID.hashCode());
        assertNotEquals(new Xid(2, XID.global(), XID.qualifier()), XID);
        assertNotEquals(new Xid(-2, new byte[] {0}, XID.qualifier()), XID);
        assertNotEquals(new Xid(-2, XID.global(), new byte[0]), XID);
    }

    @Test
    void isItsTextAgain() {
        assertEquals("-2:00ff:07", XID.toString());
        assertEquals(XID, Xid.parse("-2:00ff:07"));
        Xid unqualified = new Xid(1, new byte[Xid.PART_BYTES_MAX], new byte[0]);
        assertEquals(unqualified, Xid.parse(unqualified.toString()));
    }

    @Test
    void isItsBytesAgain() {
        ByteSink sink = new ByteSink(64);
        XID.write(sink);
        ByteSource source = new ByteSource(sink.toByteArray());
        assertEquals(XID, Xid.read(source));
        source.expectEnd();
    }

    @Test
    void neverChanges() {
        byte[] global = {1};
        Xid xid = new Xid(1, global, new byte[0]);
        global[0] = 2;
        xid.global()[0] = 3;
        assertArrayEquals(new byte[] {1}, xid.global());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1:aa", "1:aa:bb:cc", "x:aa:bb", "1:a:bb", "1:zz:bb", "1::", "-1:aa:"})
    void refusesTextThatNamesNone(String text) {
        assertMalformed(() -> Xid.parse(text));
    }

    @Test
    void refusesPartsThatAreTooLong() {
        byte[] tooLong = new byte[Xid.PART_BYTES_MAX + 1];
        assertMalformed(() -> new Xid(1, tooLong, new byte[0]));
        assertMalformed(() -> new Xid(1, new byte[1], tooLong));
    }

    @Test
    void refusesBytesWithoutAPart() {
        ByteSink sink = new ByteSink(64);
        sink.putInt(1);
        sink.putBlob(new byte[1]);
        sink.putBlob(null);
        assertMalformed(() -> Xid.read(new ByteSource(sink.toByteArray())));
    }

    private static void assertMalformed(org.junit.jupiter.api.function.Executable action) {
        WireException e = assertThrows(WireException.class, action);
        assertEquals(ErrorCode.MALFORMED, e.code());
    }
}
