// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The same application, compiled and run with each starter. */
class OrdersApplicationIT {
    @Test
    void eachOrderIsConfirmedOnce() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        assertTrue(OrdersApplication.run(new PrintStream(told, true, StandardCharsets.UTF_8)));

        assertEquals(
                "50 of 50 orders confirmed, 1 of them at the second try on "
                        + System.getProperty("sample.provider"),
                told.toString(StandardCharsets.UTF_8).strip());
    }
}
