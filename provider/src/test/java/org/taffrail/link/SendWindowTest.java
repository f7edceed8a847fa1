// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class SendWindowTest {
    private final SendWindow window = new SendWindow();

    /** Whatever order the answers take, listeners hear in the order of the sends, each once. */
    @Property(tries = 300)
    void tellsInOrderAndFreesTheWindow(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int messagesMax) {
        Random random = new Random(seed);
        SendWindow window = new SendWindow();
        window.grant(messagesMax, 1000);
        List<Integer> told = new ArrayList<>();
        List<Long> unanswered = new ArrayList<>();
        List<SendWindow.Pending> held = new ArrayList<>();
        int sends = 0;
        for (int step = 0; step < 400; step++) {
            int count = 1 + random.nextInt(3);
            int bytes = 1 + random.nextInt(60);
            if (random.nextInt(3) > 0
                    && window.everFits(count, bytes)
                    && window.fits(count, bytes)) {
                int number = sends++;
                boolean holds = count == 1 && random.nextBoolean();
                SendWindow.Pending sent =
                        holds
                                ? window.addHeld(bytes, failure -> told.add(number))
                                : window.add(count, bytes, failure -> told.add(number));
                if (holds) {
                    held.add(sent);
                }
                long first = sent.firstSequence;
                for (int i = 0; i < count; i++) {
                    unanswered.add(first + i);
                }
            } else if (!held.isEmpty() && random.nextBoolean()) {
                SendWindow.Pending released = held.remove(random.nextInt(held.size()));
                window.release(released, null).forEach(SendWindow.Outcome::tell);
            } else if (!unanswered.isEmpty()) {
                long sequence = unanswered.remove(random.nextInt(unanswered.size()));
                window.answered(sequence, sequence, null).forEach(SendWindow.Outcome::tell);
            }
        }
        Collections.shuffle(unanswered, random);
        for (long sequence : unanswered) {
            window.answered(sequence, sequence, null).forEach(SendWindow.Outcome::tell);
        }
        for (SendWindow.Pending each : held) {
            window.release(each, null).forEach(SendWindow.Outcome::tell);
        }

        assertEquals(sends, told.size());
        for (int i = 0; i < sends; i++) {
            assertEquals(i, told.get(i));
        }
        assertTrue(window.fits(messagesMax, 1000));
    }

    @Test
    void oneRefusedMessageFailsItsRun() {
        window.grant(10, 1000);
        window.add(3, 10, failure -> {});
        WireException refusal = new WireException(ErrorCode.NO_ROOM, "full");
        assertTrue(window.answered(2, 2, refusal).isEmpty());
        List<SendWindow.Outcome> finished = new ArrayList<>(window.answered(1, 1, null));
        finished.addAll(window.answered(3, 3, null));

        assertEquals(1, finished.size());
        assertSame(refusal, finished.get(0).failure());
    }

    @Test
    void refusesAnswersToWhatDoesNotWait() {
        window.grant(10, 1000);
        window.add(1, 10, failure -> {});
        window.add(1, 10, failure -> {});
        window.answered(2, 2, null);

        for (long[] range :
                new long[][] {{0, 0}, {0, 1}, {2, 2}, {3, 3}, {2, 1}, {-1, 1}, {1, 2}}) {
            WireException e =
                    assertThrows(
                            WireException.class, () -> window.answered(range[0], range[1], null));
            assertEquals(ErrorCode.PROTOCOL_VIOLATION, e.code());
        }
    }

    @Test
    void failingTellsTheAnsweredTheirAnswer() {
        window.grant(10, 1000);
        window.add(1, 10, failure -> {});
        window.add(1, 10, failure -> {});
        window.answered(2, 2, null);
        WireException lost = new WireException(ErrorCode.CONNECTION_LOST, "lost");
        List<SendWindow.Outcome> all = window.fail(lost);

        assertSame(lost, all.get(0).failure());
        assertNull(all.get(1).failure());
        assertTrue(window.fits(10, 1000));
        assertFalse(window.everFits(11, 1));
        assertFalse(window.everFits(1, 1001));
    }
}
