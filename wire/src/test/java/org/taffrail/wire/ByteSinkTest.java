// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ByteSinkTest {
    @Test
    void keepsNumbersThatDoNotFitInItsFirstCapacity() {
        for (int before = 0; before < 40; before++) {
            ByteSink sink = new ByteSink(16);
            for (int i = 0; i < before; i++) {
                sink.putByte(i);
            }
            sink.putLong(0x0102030405060708L);
            sink.putInt(0x0A0B0C0D);
            sink.putShort(0x0E0F);
            ByteSource source = new ByteSource(sink.array(), before, sink.length() - before);
            assertEquals(0x0102030405060708L, source.getLong(), "after " + before + " bytes");
            assertEquals(0x0A0B0C0D, source.getInt(), "after " + before + " bytes");
            assertEquals(0x0E0F, source.getUnsignedShort(), "after " + before + " bytes");
            source.expectEnd();
        }
    }
}
