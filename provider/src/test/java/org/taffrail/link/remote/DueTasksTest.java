// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class DueTasksTest {
    /** The clock may begin anywhere, and run over. */
    private static final long START = Long.MAX_VALUE - 5;

    private final DueTasks tasks = new DueTasks(START);
    private final List<String> done = new ArrayList<>();

    @Test
    void runsWhatIsDueInTheOrderOfItsTime() {
        tasks.add(START, 20, () -> done.add("third"));
        tasks.add(START, 10, () -> done.add("first"));
        tasks.add(START, 10, () -> done.add("second"));
        assertEquals(10, tasks.untilNextNs(START));
        tasks.run(START + 9);
        assertEquals(List.of(), done);
        tasks.run(START + 10);
        assertEquals(List.of("first", "second"), done);
        assertEquals(3, tasks.untilNextNs(START + 17));
        tasks.run(START + 30);

        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(Long.MAX_VALUE, tasks.untilNextNs(START + 30));
    }

    @Test
    void whatIsTakenBackDoesNotHappen() {
        Runnable takenBack = tasks.add(START, 10, () -> done.add("never"));
        takenBack.run();
        takenBack.run();
        tasks.run(START + 10);

        assertEquals(List.of(), done);
    }

    @Test
    void oneThatIsDueMayTakeBackAnotherThatIsDue() {
        Runnable[] second = new Runnable[1];
        tasks.add(START, 10, () -> second[0].run());
        second[0] = tasks.add(START, 11, () -> done.add("never"));
        tasks.run(START + 20);

        assertEquals(List.of(), done);
    }

    @Test
    void oneThatAddsAnotherForNowHasItRun() {
        tasks.add(START, 10, () -> tasks.add(START + 10, 0, () -> done.add("next")));
        tasks.run(START + 10);

        assertEquals(List.of("next"), done);
    }
}
