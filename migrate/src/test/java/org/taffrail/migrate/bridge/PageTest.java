// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.migrate.message.BodyKind;
import org.taffrail.migrate.message.Fingerprint;

import java.util.List;
import java.util.Map;

class PageTest {
    private static final Page PAGE =
            new Page(
                    17,
                    new Totals(
                            5,
                            1L << 40,
                            2,
                            1,
                            Map.of(BodyKind.TEXT, 4L, BodyKind.MAP, 1L),
                            new Fingerprint(1, 2),
                            new Fingerprint(3, 4)),
                    3,
                    List.of(new Fingerprint(5, 6), new Fingerprint(5, 6), new Fingerprint(7, 8)));

    @Test
    void isReadAsItWasWritten() throws Exception {
        assertEquals(PAGE, Page.parse(PAGE.format()));
        assertEquals(Page.FIRST, Page.parse(Page.FIRST.format()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "taffrail-migrate 2\nbatches 1",
                "taffrail-migrate 1",
                "taffrail-migrate 1\nbatches",
                "taffrail-migrate 1\nbatches x"
            })
    void whatIsNoPageIsRefused(String text) {
        assertThrows(LedgerException.class, () -> Page.parse(text));
    }

    @Test
    void aPageThatLacksALineIsRefused() {
        List<String> lines = PAGE.format().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).split(" ")[0];
            if (!name.equals("unsettled") && !name.equals("kind")) {
                int left = i;
                String text =
                        String.join(
                                "\n",
                                lines.stream()
                                        .filter(line -> !line.equals(lines.get(left)))
                                        .toList());
                assertThrows(LedgerException.class, () -> Page.parse(text), name);
            }
        }
    }
}
