// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class OrdersApplicationIT {
    @Test
    void eachOrderIsConfirmedOnceAndThePoisonDies() throws InterruptedException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        boolean well = OrdersApplication.run(new PrintStream(told, true, StandardCharsets.UTF_8));

        String text = told.toString(StandardCharsets.UTF_8).strip();
        assertTrue(well, text);
        assertEquals("49 of 50 orders confirmed once; on the dead-letter queue: {SO-13=1}", text);
    }
}
