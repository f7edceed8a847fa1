// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class DelaysTest {
    @Test
    void growTwofoldUpToTheBoundAndStayThere() {
        List<Long> first = IntStream.range(0, 9).mapToObj(Delays.USUAL::afterMs).toList();

        assertEquals(List.of(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L), first);
        assertEquals(5000, Delays.USUAL.afterMs(Integer.MAX_VALUE));
    }
}
