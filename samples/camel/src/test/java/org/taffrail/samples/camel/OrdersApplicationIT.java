// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class OrdersApplicationIT {
    @Test
    void eachOrderGoesWhereItShouldOnceAndThePoisonLeavesNoTrace() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        boolean well = OrdersApplication.run(new PrintStream(told, true, StandardCharsets.UTF_8));

        List<String> lines = told.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(well, lines::toString);
        assertEquals("  DLQ.orders: 1", lines.get(0));
        assertEquals("  orders.audit: 59", lines.get(1), "what was rolled back is not audited");
    }
}
