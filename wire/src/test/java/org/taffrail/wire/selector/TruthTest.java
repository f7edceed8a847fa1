// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables 3-4, 3-5 and 3-6 of Jakarta Messaging 3.1, on the values and through a selector. */
class TruthTest {

    private final TestMessage message =
            TestMessage.empty().with("TRUE_", true).with("FALSE_", false);

    @ParameterizedTest
    @CsvSource({
        "TRUE, TRUE, TRUE, TRUE",
        "TRUE, FALSE, FALSE, TRUE",
        "TRUE, UNKNOWN, UNKNOWN, TRUE",
        "FALSE, TRUE, FALSE, TRUE",
        "FALSE, FALSE, FALSE, FALSE",
        "FALSE, UNKNOWN, FALSE, UNKNOWN",
        "UNKNOWN, TRUE, UNKNOWN, TRUE",
        "UNKNOWN, FALSE, FALSE, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN"
    })
    void andAndOr(Truth left, Truth right, Truth and, Truth or) {
        assertEquals(and, left.and(right));
        assertEquals(or, left.or(right));
        assertEquals(and, TestMessage.evaluate(left + "_ AND " + right + "_", message));
        assertEquals(or, TestMessage.evaluate(left + "_ OR " + right + "_", message));
    }

    @ParameterizedTest
    @CsvSource({"TRUE, FALSE", "FALSE, TRUE", "UNKNOWN, UNKNOWN"})
    void not(Truth value, Truth negated) {
        assertEquals(negated, value.not());
        assertEquals(negated, TestMessage.evaluate("NOT " + value + "_", message));
    }
}
