// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Messages whose records are not stored any more are settled, for good, and are told. */
class LostMessagesTest {
    private static final String LARGE = "a large message: ".repeat(8);

    private final CoreRig rig = new CoreRig(TestLimits.limits().recordBytesMax(100));
    private final TestClient client = rig.connect();
    private final List<String> told = new ArrayList<>();

    private void lose(Set<Long> offsets) {
        rig.core()
                .settleLost(
                        (partition, offset) -> !offsets.contains(offset),
                        (kind, destination, subscription, messages) ->
                                told.add(kind + " " + destination + " " + messages));
        rig.run();
    }

    @Test
    void settlesThoseAloneThatAreLost() {
        for (String text : List.of("0", "1", "2", "3", "4")) {
            client.send("q", text);
        }

        lose(Set.of(1L, 2L, 4L, 9L));

        assertEquals(List.of("QUEUE q 3"), told);
        assertEquals(2, rig.depth("q"));
        rig.assertRecoversToTheSameState();
        client.queue("q").credit(10).expect("0", "3");
    }

    @Test
    void losesALargeMessageWithAnyOfItsParts() {
        client.send("q", "before");
        client.sendLarge("q", 40, message(LARGE));
        client.send("q", "after");

        lose(Set.of(3L));

        assertEquals(List.of("QUEUE q 1"), told);
        rig.assertRecoversToTheSameState();
        client.queue("q").credit(10).expect("before", "after");
    }

    @Test
    void doesNothingWhereAllIsThere() {
        client.send("q", "one");

        lose(Set.of());

        assertEquals(List.of(), told);
        assertEquals(1, rig.depth("q"));
    }
}
