// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The judge of completion listeners is judged. */
class LaterAnswersTest {
    private final Ledger ledger = new Ledger();
    private final LaterAnswers answers = new LaterAnswers(ledger, "id");

    @Test
    void findsNothingWhereEachSendIsAnsweredInItsTurn() {
        answers.awaits("a");
        answers.awaits("b");
        answers.awaits("c");
        answers.failed("c");
        answers.answered("a", Ledger.Outcome.DONE);
        answers.answered("b", Ledger.Outcome.IN_DOUBT);
        answers.checkAll();
        assertEquals(List.of(), ledger.violationsSoFar());
        assertEquals(1, ledger.acknowledged());
    }

    @Test
    void namesAnAnswerOutOfTurn() {
        answers.awaits("a");
        answers.awaits("b");
        answers.answered("b", Ledger.Outcome.DONE);
        assertViolated("AnsweredInOrder");
    }

    @Test
    void namesASecondAnswer() {
        answers.awaits("a");
        answers.answered("a", Ledger.Outcome.IN_DOUBT);
        answers.answered("a", Ledger.Outcome.DONE);
        assertViolated("AnsweredInOrder");
    }

    @Test
    void namesASendThatFailedAndWasAnswered() {
        answers.awaits("a");
        answers.answered("a", Ledger.Outcome.IN_DOUBT);
        answers.failed("a");
        assertViolated("AnsweredOnce");
    }

    @Test
    void namesASendWithoutAnAnswer() {
        answers.awaits("a");
        answers.checkAll();
        assertViolated("AnsweredBeforeClosed");
    }

    private void assertViolated(String invariant) {
        List<String> violations = ledger.violationsSoFar();
        assertTrue(
                violations.stream().anyMatch(text -> text.startsWith(invariant)),
                violations.toString());
    }
}
