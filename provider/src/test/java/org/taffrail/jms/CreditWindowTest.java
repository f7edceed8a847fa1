// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;

class CreditWindowTest {
    @Test
    void beginsSmallAndDoublesWhenHalfIsUsed() {
        CreditWindow window = new CreditWindow(20, 1000);

        assertTrue(window.replenish(0, 0));
        assertEquals(8, window.grantMessages());
        assertEquals(1000, window.grantBytes());
        deliver(window, 3);
        assertFalse(window.replenish(0, 0), "5 of 8 are left");
        deliver(window, 1);
        assertTrue(window.replenish(0, 0));
        assertEquals(12, window.grantMessages(), "from 4 to 16");
        deliver(window, 8);
        assertTrue(window.replenish(0, 0));
        assertEquals(12, window.grantMessages(), "from 8 to 20");
    }

    private static void deliver(CreditWindow window, int count) {
        for (int i = 0; i < count; i++) {
            window.delivered(1);
        }
    }

    @Test
    void countsWhatWaitsInTheBuffer() {
        CreditWindow window = new CreditWindow(8, 1000);
        window.replenish(0, 0);
        deliver(window, 8);
        assertFalse(window.replenish(8, 600));
        assertFalse(window.replenish(5, 501));
        assertTrue(window.replenish(4, 400));
        assertEquals(4, window.grantMessages());
    }

    @Test
    void makesUpForWhatTheBrokerSentBeyondTheCredit() {
        CreditWindow window = new CreditWindow(4, 100);
        window.replenish(0, 0);
        deliver(window, 4);
        window.delivered(5000);
        assertEquals(-1, window.messages());

        assertTrue(window.replenish(0, 0));
        assertEquals(5, window.grantMessages());
        assertEquals(5004, window.grantBytes());
        assertEquals(4, window.messages());
    }

    @Test
    void asksForSingleMessagesWithoutAWindow() {
        CreditWindow window = new CreditWindow(0, 1000);
        assertTrue(window.isPull());
        assertFalse(window.replenish(0, 0));
        assertTrue(window.replenishOne());
        assertFalse(window.replenishOne());
        window.delivered(5);
        assertTrue(window.replenishOne());
        assertEquals(1, window.grantMessages());
    }

    /** Whatever comes and goes, a consumer that takes all it gets never runs dry for good. */
    @Property
    void alwaysGoesOn(
            @ForAll @IntRange(min = 1, max = 50) int messagesMax,
            @ForAll @IntRange(min = 1, max = 100) int bytesMax,
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 300) Integer> sizes) {
        CreditWindow window = new CreditWindow(messagesMax, bytesMax);
        ArrayDeque<Integer> backlog = new ArrayDeque<>(sizes);
        ArrayDeque<Integer> buffer = new ArrayDeque<>();
        long brokerMessages = 0;
        long brokerBytes = 0;
        int taken = 0;
        while (taken < sizes.size()) {
            long bytes = buffer.stream().mapToInt(Integer::intValue).sum();
            if (window.replenish(buffer.size(), bytes)) {
                brokerMessages += window.grantMessages();
                brokerBytes += window.grantBytes();
            }
            while (!backlog.isEmpty() && brokerMessages > 0 && brokerBytes > 0) {
                int size = backlog.remove();
                brokerMessages--;
                brokerBytes -= size;
                window.delivered(size);
                buffer.add(size);
            }
            assertTrue(buffer.size() <= messagesMax, "the buffer holds more than the window");
            assertFalse(buffer.isEmpty(), "the broker has credit for nothing, after " + taken);
            buffer.remove();
            taken++;
        }
    }
}
