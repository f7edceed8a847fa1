// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.store.Batch;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class EntryStepsTest {
    private static final int RUN_BYTES = 1000;

    private static EntrySteps some() {
        return new EntrySteps(
                List.of(
                        new Batch.Stage(7, 0, 300),
                        new Batch.Commit(7, 300),
                        new Batch.Abort(8, 1000)),
                List.of(List.of(new Stagings.Placing(3, 5, 40, 2))));
    }

    private static EntrySteps decode(byte[] bytes) {
        return EntrySteps.decode(new ByteSource(bytes), RUN_BYTES);
    }

    @Test
    void laysStepsOutAsDrawn() {
        assertEquals(
                "01 0700000000000000 00000000 2c010000"
                        + " 02 0700000000000000 2c010000 01000000"
                        + " 0300000000000000 0500000000000000 2800000000000000 02000000"
                        + " 03 0800000000000000 e8030000",
                HexFormat.of()
                        .formatHex(some().encode().toByteArray())
                        .replaceFirst(
                                "(..)(.{16})(.{8})(.{8})(..)(.{16})(.{8})(.{8})(.{16})(.{16})(.{16})"
                                        + "(.{8})(..)(.{16})(.{8})",
                                "$1 $2 $3 $4 $5 $6 $7 $8 $9 $10 $11 $12 $13 $14 $15"));
    }

    @Test
    void readsWhatItWrites() {
        EntrySteps read = decode(some().encode().toByteArray());

        assertEquals(new Batch.Stage(7, 0, 300), read.steps().get(0));
        assertEquals(300, read.steps().get(1).at());
        assertEquals(new Batch.Abort(8, 1000), read.steps().get(2));
        assertEquals(some().placings(), read.placings());
        assertSame(EntrySteps.NONE, decode(new byte[0]));
    }

    @Test
    void refusesStepsBeyondTheRunsOrOutOfOrder() {
        for (Batch.Step bad :
                List.of(
                        new Batch.Stage(7, 0, RUN_BYTES + 1),
                        new Batch.Stage(7, -1, 3),
                        new Batch.Stage(7, 5, 4),
                        new Batch.Abort(7, RUN_BYTES + 1))) {
            ByteSink sink = new EntrySteps(List.of(bad), List.of()).encode();
            assertThrows(WireException.class, () -> decode(sink.toByteArray()), bad::toString);
        }
        List<Batch.Step> crossed = List.of(new Batch.Stage(7, 0, 10), new Batch.Abort(7, 9));
        ByteSink sink = new EntrySteps(crossed, List.of()).encode();
        assertThrows(WireException.class, () -> decode(sink.toByteArray()));
    }

    @Test
    void damageIsATypedErrorOrOtherSteps() {
        byte[] whole = some().encode().toByteArray();
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 4));
            for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                decode(damaged);
            } catch (WireException e) {
                // the typed error
            }
        }
    }
}
